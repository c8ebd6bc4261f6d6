// The kernels themselves, compiled once a level. The including file defines W (floats of a vector), ROWS (rows of a tile
// that fit its registers: 2 * ROWS accumulators, two vectors of b and one broadcast) and TABLE (the name of the table).
#include "CKernels.h"
#include "vectors.h"

#pragma clang fp contract(fast)

#define PANEL (2 * W)
#define DEPTH 384  // inputs summed at a time: a panel of that depth (48 KiB at most) stays in the nearest caches
#define STRIP 96   // rows that pass over one panel while it is there

static size_t up_to(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// c[rows, n] (+)= a[rows, depth] b, where b is one panel [depth, PANEL]; rows is a constant once inlined.
INLINE void tile(size_t rows, const float *a, size_t a_stride, const float *b, size_t depth, float *c,
                 size_t c_stride, size_t n, bool add) {
    vf sum[ROWS][2];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
        sum[i][0] = sum[i][1] = (vf){0};
    }
    for (size_t k = 0; k < depth; k++) {
        vf b0 = load(b + k * PANEL), b1 = load(b + k * PANEL + W);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < rows; i++) {
            vf x = splat(a[i * a_stride + k]);
            sum[i][0] += x * b0;
            sum[i][1] += x * b1;
        }
    }
    size_t n0 = least(n, W), n1 = n - n0;
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
        float *row = c + i * c_stride;
        if (add) {
            sum[i][0] += load_first(row, n0);
            sum[i][1] += load_first(row + n0, n1);
        }
        store_first(row, sum[i][0], n0);
        store_first(row + n0, sum[i][1], n1);
    }
}

#define TILE(R) case R: return tile(R, a, a_stride, b, depth, c, c_stride, n, add);
static void tile_of(size_t rows, const float *a, size_t a_stride, const float *b, size_t depth, float *c,
                    size_t c_stride, size_t n, bool add) {
    switch (rows) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if ROWS > 6
        TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif
    }
}

// Rows of the next tile when `left` remain: tiles of nearly equal height, so that none is thin.
static size_t tile_rows(size_t left) {
    size_t tiles = (left + ROWS - 1) / ROWS;
    return (left + tiles - 1) / tiles;
}

static size_t packed_size(size_t outputs, size_t inputs) { return up_to(outputs, PANEL) * inputs; }

static void pack(const float *weight, size_t outputs, size_t inputs, float *packed) {
    for (size_t o = 0; o < outputs; o += PANEL, packed += inputs * PANEL) {
        size_t n = least(PANEL, outputs - o);
        for (size_t k = 0; k < inputs; k++)
            for (size_t j = 0; j < PANEL; j++) packed[k * PANEL + j] = j < n ? weight[(o + j) * inputs + k] : 0;
    }
}

static void multiply(const float *a, size_t a_stride, size_t rows, const float *packed, size_t inputs, float *c,
                     size_t c_stride, size_t from, size_t to) {
    for (size_t r = 0; r < rows; r += STRIP) {
        size_t end = least(rows, r + STRIP);
        for (size_t k = 0; k < inputs; k += DEPTH) {
            size_t depth = least(DEPTH, inputs - k);
            for (size_t o = from; o < to; o += PANEL) {
                const float *panel = packed + o * inputs + k * PANEL;
                for (size_t i = r, m; i < end; i += m) {
                    m = tile_rows(end - i);
                    tile_of(m, a + i * a_stride + k, a_stride, panel, depth, c + i * c_stride + o, c_stride,
                            least(PANEL, to - o), k > 0);
                }
            }
        }
    }
}

#define EACH(i, n, columns) for (size_t i = 0, n; i < columns && (n = least(W, columns - i)); i += W)

#define ACTIVATE(f)                                                                                                    \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        float *row = x + r * stride;                                                                                   \
        EACH(i, n, columns) {                                                                                          \
            vf v = load_first(row + i, n);                                                                             \
            if (bias) v += load_first(bias + i, n);                                                                    \
            store_first(row + i, f(v), n);                                                                             \
        }                                                                                                              \
    }                                                                                                                  \
    return;

INLINE vf identity(vf x) { return x; }
INLINE vf rectified(vf x) { return greater_of(x, (vf){0}); }

static void activate(float *x, size_t stride, size_t rows, size_t columns, const float *bias, ck_activation kind) {
    switch (kind) {
        case CK_IDENTITY: ACTIVATE(identity)
        case CK_GELU: ACTIVATE(gelu)
        case CK_GELU_TANH: ACTIVATE(gelu_tanh)
        case CK_RELU: ACTIVATE(rectified)
        case CK_TANH: ACTIVATE(hyperbolic_tangent)
    }
}

// LayerNorm of one row in place (Ba et al. 2016, eq. 4): the mean first, then the variance around it.
INLINE void normalize_row(float *y, size_t columns, vf sum, const float *gamma, const float *beta, float epsilon) {
    float mean = sum_of(sum) / columns;
    vf squares = {0};
    EACH(i, n, columns) {
        vf d = keep_first(load_first(y + i, n) - mean, n, 0);
        squares += d * d;
    }
    float scale = 1.0f / __builtin_sqrtf(sum_of(squares) / columns + epsilon);
    EACH(i, n, columns) {
        vf v = (load_first(y + i, n) - mean) * scale;
        store_first(y + i, v * load_first(gamma + i, n) + load_first(beta + i, n), n);
    }
}

static void add_normalize(float *y, const float *x, size_t rows, size_t columns, const float *bias,
                          const float *gamma, const float *beta, float epsilon) {
    for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
        vf sum = {0};
        EACH(i, n, columns) {
            vf v = load_first(x + i, n) + load_first(bias + i, n) + load_first(y + i, n);
            store_first(y + i, v, n);
            sum += v;
        }
        normalize_row(y, columns, sum, gamma, beta, epsilon);
    }
}

static void embed(float *y, size_t rows, const int32_t *ids, const int32_t *positions, const uint8_t *types,
                  const ck_embedding *e) {
    for (size_t r = 0; r < rows; r++, y += e->hidden) {
        const float *word = e->word + (size_t)ids[r] * e->hidden, *type = e->type + (size_t)types[r] * e->hidden;
        const float *position = e->position + (size_t)positions[r] * e->hidden;
        vf sum = {0};
        EACH(i, n, e->hidden) {
            vf v = load_first(word + i, n) + load_first(type + i, n) + load_first(position + i, n);
            store_first(y + i, v, n);
            sum += v;
        }
        normalize_row(y, e->hidden, sum, e->gamma, e->beta, e->epsilon);
    }
}

// Scratch of `attend`: keys transposed in panels [T/PANEL][D][PANEL], values in panels [D/PANEL][T][PANEL], both
// padded with zeros, then ROWS rows of scores.
static size_t attend_scratch(size_t tokens, size_t size) {
    return up_to(tokens, PANEL) * size + up_to(size, PANEL) * tokens + ROWS * up_to(tokens, PANEL);
}

static void pack_keys(const ck_head *h, float *out) {
    for (size_t t = 0; t < h->tokens; t += PANEL, out += h->size * PANEL)
        for (size_t j = 0; j < PANEL; j++) {
            const float *key = h->key + (t + j) * h->stride;
            for (size_t d = 0; d < h->size; d++) out[d * PANEL + j] = t + j < h->tokens ? key[d] : 0;
        }
}

static void pack_values(const ck_head *h, float *out) {
    for (size_t d = 0; d < h->size; d += PANEL) {
        size_t n = least(PANEL, h->size - d), n0 = least(n, W);
        for (size_t t = 0; t < h->tokens; t++, out += PANEL) {
            const float *value = h->value + t * h->stride + d;
            store(out, load_first(value, n0));
            store(out + W, load_first(value + n0, n - n0));
        }
    }
}

// Scores [padded] of one query -> weights not yet divided by their sum, which is returned. Padding gets no weight.
INLINE float exponentiate(float *scores, size_t tokens, float scale) {
    vf greatest = splat(scores[0]);
    EACH(i, n, tokens) greatest = greater_of(greatest, keep_first(load(scores + i), n, scores[0]));
    float shift = maximum_of(greatest) * scale;
    vf sum = {0};
    EACH(i, n, tokens) {
        vf e = keep_first(exponential(load(scores + i) * scale - shift), n, 0);
        store(scores + i, e);
        sum += e;
    }
    return sum_of(sum);
}

static void attend(const ck_head *h, float *out, size_t out_stride, float *scratch) {
    size_t padded = up_to(h->tokens, PANEL);
    float *keys = scratch, *values = keys + padded * h->size, *scores = values + up_to(h->size, PANEL) * h->tokens;
    pack_keys(h, keys);
    pack_values(h, values);
    for (size_t t = 0, rows; t < h->tokens; t += rows, out += rows * out_stride) {
        rows = tile_rows(h->tokens - t);
        for (size_t j = 0; j < padded; j += PANEL)
            tile_of(rows, h->query + t * h->stride, h->stride, keys + j * h->size, h->size, scores + j, padded, PANEL,
                    false);
        float sums[ROWS];
        for (size_t i = 0; i < rows; i++) sums[i] = exponentiate(scores + i * padded, h->tokens, h->scale);
        for (size_t d = 0; d < h->size; d += PANEL)
            tile_of(rows, scores, padded, values + d * h->tokens, h->tokens, out + d, out_stride,
                    least(PANEL, h->size - d), false);
        for (size_t i = 0; i < rows; i++) {
            float *row = out + i * out_stride, inverse = 1.0f / sums[i];
            EACH(d, n, h->size) store_first(row + d, load_first(row + d, n) * inverse, n);
        }
    }
}

static void pool_sum(const float *x, size_t rows, size_t columns, float scale, float *out) {
    EACH(i, n, columns) {
        vf sum = {0};
        for (size_t r = 0; r < rows; r++) sum += load_first(x + r * columns + i, n);
        store_first(out + i, sum * scale, n);
    }
}

static void pool_max(const float *x, size_t rows, size_t columns, float *out) {
    EACH(i, n, columns) {
        vf greatest = load_first(x + i, n);
        for (size_t r = 1; r < rows; r++) greatest = greater_of(greatest, load_first(x + r * columns + i, n));
        store_first(out + i, greatest, n);
    }
}

static void scale_to_unit(float *x, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++, x += columns) {
        vf squares = {0};
        EACH(i, n, columns) {
            vf v = load_first(x + i, n);
            squares += v * v;
        }
        float length = __builtin_sqrtf(sum_of(squares)), inverse = 1.0f / (length > 1e-12f ? length : 1e-12f);
        EACH(i, n, columns) store_first(x + i, load_first(x + i, n) * inverse, n);
    }
}

const ck_kernels TABLE = {
    .panel = PANEL,
    .packed_size = packed_size,
    .pack = pack,
    .multiply = multiply,
    .activate = activate,
    .add_normalize = add_normalize,
    .embed = embed,
    .attend_scratch = attend_scratch,
    .attend = attend,
    .pool_sum = pool_sum,
    .pool_max = pool_max,
    .scale_to_unit = scale_to_unit,
};
