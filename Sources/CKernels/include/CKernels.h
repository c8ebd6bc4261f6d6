// The arithmetic of a forward pass, over pointers and sizes alone: no allocation, no errors, no threads.
//
// Every kernel is written once (body.h) over a small vector vocabulary (vectors.h) and compiled for each
// level; a level is a table of functions. Letters: T tokens, H hidden, D head size, W floats of a vector.
// Matrices are row-major; a `stride` is the distance in floats from one row to the next.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define CK_ALIGNMENT 64

typedef enum { CK_PORTABLE, CK_AVX2, CK_AVX512 } ck_level;

typedef enum { CK_IDENTITY, CK_GELU, CK_GELU_TANH, CK_RELU, CK_TANH } ck_activation;

// The six tables and the eps of an embedding layer; word [vocabulary, hidden], position [positions, hidden],
// type [types, hidden], gamma and beta [hidden].
typedef struct {
    const float *word, *position, *type, *gamma, *beta;
    float epsilon;
    size_t hidden;
} ck_embedding;

// Queries, keys and values of one head of one sequence, each [tokens, size] within rows of `stride` floats.
typedef struct {
    const float *query, *key, *value;
    size_t stride, tokens, size;
    float scale;
} ck_head;

typedef struct {
    // Columns of one packed panel; a range of outputs given to `multiply` starts on a multiple of it.
    size_t panel;

    // Floats that `pack` writes for a weight [outputs, inputs].
    size_t (*packed_size)(size_t outputs, size_t inputs);
    // Weight [outputs, inputs] -> panels of `panel` outputs, each [inputs, panel], the last padded with zeros.
    void (*pack)(const float *weight, size_t outputs, size_t inputs, float *packed);
    // c[rows, from ..< to] = a[rows, inputs] times the transpose of those rows of the packed weight. The sum over
    // inputs runs in the same order for every row, whatever stands beside it.
    void (*multiply)(const float *a, size_t a_stride, size_t rows, const float *packed, size_t inputs,
                     float *c, size_t c_stride, size_t from, size_t to);

    // x[rows, columns] = activation(x + bias), in place. A null bias is zero.
    void (*activate)(float *x, size_t stride, size_t rows, size_t columns, const float *bias, ck_activation kind);
    // y = LayerNorm(x + bias + y) over each row of [rows, columns], biased variance.
    void (*add_normalize)(float *y, const float *x, size_t rows, size_t columns, const float *bias,
                          const float *gamma, const float *beta, float epsilon);
    // y[rows, hidden] = LayerNorm(word[ids] + position[positions] + type[types]).
    void (*embed)(float *y, size_t rows, const int32_t *ids, const int32_t *positions, const uint8_t *types,
                  const ck_embedding *tables);

    // Floats of scratch that `attend` needs.
    size_t (*attend_scratch)(size_t tokens, size_t size);
    // out[tokens, size] = softmax(scale * q k^T) v of one head; every token attends to every token.
    void (*attend)(const ck_head *head, float *out, size_t out_stride, float *scratch);

    // out[columns] = scale * sum over the rows of x[rows, columns].
    void (*pool_sum)(const float *x, size_t rows, size_t columns, float scale, float *out);
    // out[columns] = the greatest of each column of x[rows, columns].
    void (*pool_max)(const float *x, size_t rows, size_t columns, float *out);
    // Each row of x[rows, columns] divided by its Euclidean length, or by 1e-12 if that is greater.
    void (*scale_to_unit)(float *x, size_t rows, size_t columns);
} ck_kernels;

// The table of a level, or null where this build or this CPU does not have it.
const ck_kernels *ck_kernels_of(ck_level level);

// IEEE half precision and bfloat16, both as their bits. To half rounds to nearest even.
void ck_float_to_half(const float *x, size_t count, uint16_t *out);
void ck_half_to_float(const uint16_t *x, size_t count, float *out);
void ck_bfloat16_to_float(const uint16_t *x, size_t count, float *out);
