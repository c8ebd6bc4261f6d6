// The arithmetic of the passes forward and backward, over pointers and sizes alone: no allocation, no errors, no threads.
//
// Every kernel is written once (body.h and what it includes) over a small vector vocabulary (vectors.h) and compiled for
// each level; a level is a table of functions. Letters: T tokens, H hidden, D head size, W floats of a vector.
// Matrices are row-major; a `stride` is the distance in floats from one row to the next.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "optimizers.h"

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

// What the softmax of one query was: weight = exp(scale * score - shift) * inverse.
typedef struct {
    float shift, inverse;
} ck_softmax;

// Which elements of a block are dropped, and what the others are multiplied by. `key` names seed, step and site; rows[r]
// names row r of the block, wherever it lies in a batch. An element is kept whose mixed 32 bits are at least `least_kept`.
typedef struct {
    uint64_t key;
    const uint64_t *rows;
    int32_t least_kept;
    float scale;
} ck_dropout;

typedef struct {
    // Columns of one packed panel; a range of outputs given to `multiply` starts on a multiple of it. Rows of one tile:
    // `accumulate` is quickest on a multiple of them.
    size_t panel, tile;

    // Floats that `pack` writes for a weight [outputs, inputs].
    size_t (*packed_size)(size_t outputs, size_t inputs);
    // Weight [outputs, inputs] -> panels of `panel` outputs, each [inputs, panel], the last padded with zeros.
    void (*pack)(const float *weight, size_t outputs, size_t inputs, float *packed);
    // x[rows, columns] -> panels of `panel` columns, each [rows, panel], the last padded with zeros. A weight
    // [outputs, inputs] packed so is its transpose for `multiply`, and activations packed so are for `accumulate`.
    void (*pack_columns)(const float *x, size_t stride, size_t rows, size_t columns, float *packed);
    // c[rows, from ..< to] = a[rows, inputs] times the transpose of those rows of the packed weight, added to c where
    // `add`. The sum over inputs runs in the same order for every row, whatever stands beside it.
    void (*multiply)(const float *a, size_t a_stride, size_t rows, const float *packed, size_t inputs,
                     float *c, size_t c_stride, size_t from, size_t to, bool add);
    // gradient[from ..< to, inputs] += the transpose of dy[rows, those outputs] times x[rows, inputs], whose columns
    // are packed. The order of the sum depends on the number of rows alone. `scratch` has `accumulate_scratch` floats.
    size_t accumulate_scratch;
    void (*accumulate)(const float *dy, size_t stride, size_t rows, const float *packed, size_t inputs,
                       float *gradient, size_t from, size_t to, float *scratch);
    // sums[columns] += the sum over the rows of x[rows, columns], complete before it is added.
    void (*add_column_sums)(const float *x, size_t stride, size_t rows, size_t columns, float *sums);

    // x[rows, columns] = activation(x + bias), in place. A null bias is zero.
    void (*activate)(float *x, size_t stride, size_t rows, size_t columns, const float *bias, ck_activation kind);
    // x = x + bias, y = activation(x); both have rows of `stride` floats.
    void (*activate_keeping)(float *x, float *y, size_t stride, size_t rows, size_t columns, const float *bias,
                             ck_activation kind);
    // dy = dy times the derivative at x, and y = activation(x) once more; all with rows of `stride` floats.
    void (*activate_backward)(const float *x, float *y, float *dy, size_t stride, size_t rows, size_t columns,
                              ck_activation kind);
    // y = LayerNorm(x + bias + y) over each row of [rows, columns], biased variance.
    void (*add_normalize)(float *y, const float *x, size_t rows, size_t columns, const float *bias,
                          const float *gamma, const float *beta, float epsilon);
    // y = LayerNorm(dropout(x + bias) + residual); x becomes the normalized rows before gamma and beta, and inverse[r]
    // what row r was multiplied by. A null dropout keeps everything.
    void (*add_normalize_keeping)(float *y, const float *residual, float *x, float *inverse, size_t rows,
                                  size_t columns, const float *bias, const float *gamma, const float *beta,
                                  float epsilon, const ck_dropout *dropout);
    // dy becomes the gradient of what was normalized to x, and `masked` that gradient through the dropout.
    void (*normalize_backward)(float *dy, const float *x, const float *inverse, size_t rows, size_t columns,
                               const float *gamma, float *masked, const ck_dropout *dropout);
    // dgamma += the sums over the rows of dy x, dbeta += those of dy, x being the normalized rows.
    void (*add_norm_gradients)(const float *dy, const float *x, size_t stride, size_t rows, size_t columns,
                               float *dgamma, float *dbeta);

    // y[rows, hidden] = LayerNorm(word[ids] + position[positions] + type[types]).
    void (*embed)(float *y, size_t rows, const int32_t *ids, const int32_t *positions, const uint8_t *types,
                  const ck_embedding *tables);
    // The same, through a dropout, with x and inverse as in `add_normalize_keeping`.
    void (*embed_keeping)(float *y, float *x, float *inverse, size_t rows, const int32_t *ids,
                          const int32_t *positions, const uint8_t *types, const ck_embedding *tables,
                          const ck_dropout *dropout);
    // table[places[r]] += x[r], row after row, in tables whose rows are as far apart as those of x.
    void (*scatter)(const float *x, size_t stride, size_t rows, size_t columns, const int32_t *places, float *table);
    // Dropout of x[rows, columns] in place; of a gradient, its backward.
    void (*drop)(float *x, size_t stride, size_t rows, size_t columns, const ck_dropout *dropout);

    // Floats of scratch that `attend` needs.
    size_t (*attend_scratch)(size_t tokens, size_t size);
    // out[tokens, size] = dropout(softmax(scale * q k^T)) v of one head; every token attends to every token. `kept`
    // [tokens] gets the softmax of each query unless it is null; rows of the dropout are queries, columns keys.
    void (*attend)(const ck_head *head, float *out, size_t out_stride, ck_softmax *kept, const ck_dropout *dropout,
                   float *scratch);
    // The gradients of query, key and value, [tokens, size] in rows of head->stride floats, from that of `out`.
    size_t (*attend_backward_scratch)(size_t tokens, size_t size);
    void (*attend_backward)(const ck_head *head, const float *out, const float *dout, size_t out_stride,
                            const ck_softmax *kept, const ck_dropout *dropout, float *dquery, float *dkey,
                            float *dvalue, float *scratch);

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
