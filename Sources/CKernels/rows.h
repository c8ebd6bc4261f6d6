// What is done to each row or element: activations, LayerNorm, embeddings, poolings; forward beside backward.

#define SWITCH_ACTIVATION(kind, DO)                                                                                    \
    switch (kind) {                                                                                                    \
        case CK_IDENTITY: DO(identity, identity_slope)                                                                 \
        case CK_GELU: DO(gelu, gelu_slope)                                                                             \
        case CK_GELU_TANH: DO(gelu_tanh, gelu_tanh_slope)                                                              \
        case CK_RELU: DO(rectified, rectified_slope)                                                                   \
        case CK_TANH: DO(hyperbolic_tangent, tanh_slope)                                                               \
    }

#define ACTIVATE(f, slope)                                                                                             \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        float *row = x + r * stride;                                                                                   \
        EACH(i, n, columns) {                                                                                          \
            vf v = load_first(row + i, n);                                                                             \
            if (bias) v += load_first(bias + i, n);                                                                    \
            store_first(row + i, f(v), n);                                                                             \
        }                                                                                                              \
    }                                                                                                                  \
    return;

static void activate(float *x, size_t stride, size_t rows, size_t columns, const float *bias, ck_activation kind) {
    SWITCH_ACTIVATION(kind, ACTIVATE)
}

#define ACTIVATE_KEEPING(f, slope)                                                                                     \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        EACH(i, n, columns) {                                                                                          \
            vf v = load_first(x + r * stride + i, n) + load_first(bias + i, n);                                        \
            store_first(x + r * stride + i, v, n);                                                                     \
            store_first(y + r * stride + i, f(v), n);                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
    return;

static void activate_keeping(float *x, float *y, size_t stride, size_t rows, size_t columns, const float *bias,
                             ck_activation kind) {
    SWITCH_ACTIVATION(kind, ACTIVATE_KEEPING)
}

#define ACTIVATE_BACKWARD(f, slope)                                                                                    \
    for (size_t r = 0; r < rows; r++) {                                                                                \
        EACH(i, n, columns) {                                                                                          \
            vf v = load_first(x + r * stride + i, n);                                                                  \
            store_first(y + r * stride + i, f(v), n);                                                                  \
            store_first(dy + r * stride + i, load_first(dy + r * stride + i, n) * slope(v), n);                        \
        }                                                                                                              \
    }                                                                                                                  \
    return;

static void activate_backward(const float *x, float *y, float *dy, size_t stride, size_t rows, size_t columns,
                              ck_activation kind) {
    SWITCH_ACTIVATION(kind, ACTIVATE_BACKWARD)
}

// The mean of a row whose sum is given, and the inverse of its deviation around that mean.
typedef struct {
    float mean, inverse;
} moments;

INLINE moments moments_of(const float *x, size_t columns, vf sum, float epsilon) {
    float mean = sum_of(sum) / columns;
    vf squares = {0};
    EACH(i, n, columns) {
        vf d = keep_first(load_first(x + i, n) - mean, n, 0);
        squares += d * d;
    }
    return (moments){mean, 1.0f / __builtin_sqrtf(sum_of(squares) / columns + epsilon)};
}

// LayerNorm of one row in place (Ba et al. 2016, eq. 4).
INLINE void normalize_row(float *y, size_t columns, vf sum, const float *gamma, const float *beta, float epsilon) {
    moments m = moments_of(y, columns, sum, epsilon);
    EACH(i, n, columns) {
        vf v = (load_first(y + i, n) - m.mean) * m.inverse;
        store_first(y + i, v * load_first(gamma + i, n) + load_first(beta + i, n), n);
    }
}

// The same, which keeps the normalized row in x for backward; the result goes through the mask into y.
INLINE float normalize_row_keeping(float *x, float *y, size_t columns, vf sum, const float *gamma, const float *beta,
                                   float epsilon, const row_mask *mask) {
    moments m = moments_of(x, columns, sum, epsilon);
    EACH(i, n, columns) {
        vf v = (load_first(x + i, n) - m.mean) * m.inverse;
        store_first(x + i, v, n);
        store_first(y + i, dropped(v * load_first(gamma + i, n) + load_first(beta + i, n), mask, i), n);
    }
    return m.inverse;
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

static void add_normalize_keeping(float *y, const float *residual, float *x, float *inverse, size_t rows,
                                  size_t columns, const float *bias, const float *gamma, const float *beta,
                                  float epsilon, const ck_dropout *dropout) {
    row_mask none = {0};
    for (size_t r = 0; r < rows; r++, residual += columns, x += columns, y += columns) {
        row_mask mask = mask_of(dropout, r);
        vf sum = {0};
        EACH(i, n, columns) {
            vf v = dropped(load_first(x + i, n) + load_first(bias + i, n), &mask, i) + load_first(residual + i, n);
            store_first(x + i, v, n);
            sum += v;
        }
        inverse[r] = normalize_row_keeping(x, y, columns, sum, gamma, beta, epsilon, &none);
    }
}

// With g = gamma dy and n the normalized row: dz = inverse (g - mean(g) - n mean(g n)).
static void normalize_backward(float *dy, const float *x, const float *inverse, size_t rows, size_t columns,
                               const float *gamma, float *masked, const ck_dropout *dropout) {
    for (size_t r = 0; r < rows; r++, x += columns, dy += columns, masked += columns) {
        row_mask mask = mask_of(dropout, r);
        vf sum = {0}, along = {0};
        EACH(i, n, columns) {
            vf g = load_first(dy + i, n) * load_first(gamma + i, n);
            sum += g;
            along += g * load_first(x + i, n);
        }
        float mean = sum_of(sum) / columns, slope = sum_of(along) / columns;
        EACH(i, n, columns) {
            vf g = load_first(dy + i, n) * load_first(gamma + i, n);
            vf dz = inverse[r] * (g - mean - load_first(x + i, n) * slope);
            store_first(dy + i, dz, n);
            store_first(masked + i, dropped(dz, &mask, i), n);
        }
    }
}

static void add_norm_gradients(const float *dy, const float *x, size_t stride, size_t rows, size_t columns,
                               float *dgamma, float *dbeta) {
    EACH(i, n, columns) {
        vf gamma = {0}, beta = {0};
        for (size_t r = 0; r < rows; r++) {
            vf g = load_first(dy + r * stride + i, n);
            beta += g;
            gamma += g * load_first(x + r * stride + i, n);
        }
        store_first(dgamma + i, load_first(dgamma + i, n) + gamma, n);
        store_first(dbeta + i, load_first(dbeta + i, n) + beta, n);
    }
}

// Writes the sum of the three vectors of one token to y and returns the sum of its elements.
INLINE vf embed_row(float *y, size_t id, size_t position, size_t type, const ck_embedding *e) {
    const float *words = e->word + id * e->hidden, *types = e->type + type * e->hidden;
    const float *positions = e->position + position * e->hidden;
    vf sum = {0};
    EACH(i, n, e->hidden) {
        vf v = load_first(words + i, n) + load_first(types + i, n) + load_first(positions + i, n);
        store_first(y + i, v, n);
        sum += v;
    }
    return sum;
}

static void embed(float *y, size_t rows, const int32_t *ids, const int32_t *positions, const uint8_t *types,
                  const ck_embedding *e) {
    for (size_t r = 0; r < rows; r++, y += e->hidden) {
        vf sum = embed_row(y, ids[r], positions[r], types[r], e);
        normalize_row(y, e->hidden, sum, e->gamma, e->beta, e->epsilon);
    }
}

static void embed_keeping(float *y, float *x, float *inverse, size_t rows, const int32_t *ids,
                          const int32_t *positions, const uint8_t *types, const ck_embedding *e,
                          const ck_dropout *dropout) {
    for (size_t r = 0; r < rows; r++, y += e->hidden, x += e->hidden) {
        row_mask mask = mask_of(dropout, r);
        vf sum = embed_row(x, ids[r], positions[r], types[r], e);
        inverse[r] = normalize_row_keeping(x, y, e->hidden, sum, e->gamma, e->beta, e->epsilon, &mask);
    }
}

static void scatter(const float *x, size_t stride, size_t rows, size_t columns, const int32_t *places, float *table) {
    for (size_t r = 0; r < rows; r++, x += stride) {
        float *place = table + (size_t)places[r] * stride;
        EACH(i, n, columns) store_first(place + i, load_first(place + i, n) + load_first(x + i, n), n);
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
