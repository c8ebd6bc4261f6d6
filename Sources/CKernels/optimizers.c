#include "optimizers.h"

#include <math.h>

#if defined(__x86_64__) && defined(__clang__)
// Eight at a time where the CPU can; without FMA, so that both versions give the same bits.
#define CK_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define CK_WIDE
#endif
#pragma STDC FP_CONTRACT OFF

CK_WIDE void ck_bert_adam(const ck_step *step, size_t count, float *restrict w, const float *restrict g,
                          float *restrict m, float *restrict v) {
    const float scale = step->scale, rate = step->rate, beta1 = step->beta1, beta2 = step->beta2;
    const float rest1 = 1 - beta1, rest2 = 1 - beta2, epsilon = step->epsilon, decay = step->decay;
    for (size_t i = 0; i < count; i++) {
        float gradient = scale * g[i];
        m[i] = beta1 * m[i] + rest1 * gradient;
        v[i] = beta2 * v[i] + rest2 * (gradient * gradient);
        w[i] = w[i] - rate * (m[i] / (sqrtf(v[i]) + epsilon) + decay * w[i]);
    }
}

CK_WIDE void ck_adamw(const ck_step *step, size_t count, float *restrict w, const float *restrict g,
                      float *restrict m, float *restrict v) {
    const float scale = step->scale, beta1 = step->beta1, beta2 = step->beta2, rest1 = 1 - beta1, rest2 = 1 - beta2;
    const float kept = 1 - step->rate * step->decay, rate = step->rate / step->correction1;
    const float epsilon = step->epsilon, root = step->root_correction2;
    for (size_t i = 0; i < count; i++) {
        float gradient = scale * g[i];
        m[i] = beta1 * m[i] + rest1 * gradient;
        v[i] = beta2 * v[i] + rest2 * (gradient * gradient);
        w[i] = w[i] * kept - rate * m[i] / (sqrtf(v[i]) / root + epsilon);
    }
}

CK_WIDE void ck_adam(const ck_step *step, size_t count, float *restrict w, const float *restrict g,
                     float *restrict m, float *restrict v) {
    const float scale = step->scale, beta1 = step->beta1, beta2 = step->beta2, rest1 = 1 - beta1, rest2 = 1 - beta2;
    const float decay = step->decay, rate = step->rate / step->correction1;
    const float epsilon = step->epsilon, root = step->root_correction2;
    for (size_t i = 0; i < count; i++) {
        float gradient = scale * g[i] + decay * w[i];
        m[i] = beta1 * m[i] + rest1 * gradient;
        v[i] = beta2 * v[i] + rest2 * (gradient * gradient);
        w[i] = w[i] - rate * m[i] / (sqrtf(v[i]) / root + epsilon);
    }
}

CK_WIDE double ck_sum_of_squares(const float *x, size_t count) {
    double sums[8] = {0};
    size_t whole = count - count % 8;
    for (size_t i = 0; i < whole; i += 8)
        for (size_t j = 0; j < 8; j++) sums[j] += (double)x[i + j] * x[i + j];
    for (size_t i = whole; i < count; i++) sums[i - whole] += (double)x[i] * x[i];
    double sum = 0;
    for (size_t j = 0; j < 8; j++) sum += sums[j];
    return sum;
}
