// Steps of optimizers over the numbers of one parameter: w weights, g gradients, m and v first and second moments.
//
// Every number is updated on its own and no multiplication is fused with an addition, so that neither the level of
// the CPU nor the way a parameter is cut between threads changes a bit.
#pragma once
#include <stddef.h>

// What is the same for all numbers of a step. `scale` is multiplied into each gradient first (clipping).
typedef struct {
    float scale, rate, beta1, beta2, epsilon, decay;
    // 1 - beta^t of the step t, from 1, in double before it is rounded (Adam and AdamW).
    float correction1, root_correction2;
} ck_step;

// w -= rate * (m / (sqrt(v) + epsilon) + decay * w), without bias correction.
void ck_bert_adam(const ck_step *step, size_t count, float *w, const float *g, float *m, float *v);
// w *= 1 - rate * decay; w -= rate / correction1 * m / (sqrt(v) / root_correction2 + epsilon).
void ck_adamw(const ck_step *step, size_t count, float *w, const float *g, float *m, float *v);
// As AdamW, with decay * w added to the gradient instead.
void ck_adam(const ck_step *step, size_t count, float *w, const float *g, float *m, float *v);

// The sum of squares in double, eight interleaved sums that are added up in order.
double ck_sum_of_squares(const float *x, size_t count);
