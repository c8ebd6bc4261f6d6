// The vector vocabulary of one level. The including file defines W, the floats of a vector, and has opened the target
// pragma; everything here is inlined into functions of that target.
#include <stdbool.h>

#define INLINE static inline __attribute__((always_inline))

typedef float vf __attribute__((vector_size(4 * W)));
typedef float vf_unaligned __attribute__((vector_size(4 * W), aligned(4)));
typedef int32_t vi __attribute__((vector_size(4 * W)));
typedef uint32_t vu __attribute__((vector_size(4 * W)));

INLINE vf splat(float x) { return x - (vf){0}; }

INLINE vf pick(vi mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
INLINE vf greater_of(vf a, vf b) { return pick(a > b, a, b); }
INLINE vf lesser_of(vf a, vf b) { return pick(a < b, a, b); }

INLINE vf load(const float *p) { return *(const vf_unaligned *)p; }
INLINE void store(float *p, vf v) { *(vf_unaligned *)p = v; }

// The first n floats; the other lanes are zero. n is at most W.
INLINE vf load_first(const float *p, size_t n) {
    if (n >= W) return load(p);
    vf v = {0};
    for (size_t i = 0; i < n; i++) v[i] = p[i];
    return v;
}

INLINE void store_first(float *p, vf v, size_t n) {
    if (n >= W) return store(p, v);
    for (size_t i = 0; i < n; i++) p[i] = v[i];
}

// Lanes from n on become `other`.
INLINE vf keep_first(vf v, size_t n, float other) {
    for (size_t i = n; i < W; i++) v[i] = other;
    return v;
}

typedef float v4 __attribute__((vector_size(16)));
#if W >= 8
typedef float v8 __attribute__((vector_size(32)));
#endif

// Sum and maximum over the lanes, by halves.
#define FOLD(name, combine4, combine8)                                                                                 \
    INLINE float name(vf v) {                                                                                          \
        v4 h = FOLD_TO_4(v, combine4, combine8);                                                                       \
        h = combine4(h, __builtin_shufflevector(h, h, 2, 3, 0, 1));                                                    \
        h = combine4(h, __builtin_shufflevector(h, h, 1, 0, 3, 2));                                                    \
        return h[0];                                                                                                   \
    }
#if W == 4
#define FOLD_TO_4(v, combine4, combine8) v
#else
#define LOW8(v) __builtin_shufflevector(v, v, 0, 1, 2, 3)
#define HIGH8(v) __builtin_shufflevector(v, v, 4, 5, 6, 7)
#if W == 8
#define FOLD_TO_4(v, combine4, combine8) combine4(LOW8(v), HIGH8(v))
#else
#define FOLD_TO_8(v, combine8)                                                                                         \
    combine8(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7),                                                    \
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15))
#define FOLD_TO_4(v, combine4, combine8) combine4(LOW8(FOLD_TO_8(v, combine8)), HIGH8(FOLD_TO_8(v, combine8)))
#endif
#endif

#define PLUS(a, b) ((a) + (b))
INLINE v4 greater4(v4 a, v4 b) {
    typedef int32_t i4 __attribute__((vector_size(16)));
    i4 mask = a > b;
    return (v4)((mask & (i4)a) | (~mask & (i4)b));
}
#if W >= 8
INLINE v8 greater8(v8 a, v8 b) {
    typedef int32_t i8 __attribute__((vector_size(32)));
    i8 mask = a > b;
    return (v8)((mask & (i8)a) | (~mask & (i8)b));
}
#endif
FOLD(sum_of, PLUS, PLUS)
FOLD(maximum_of, greater4, greater8)

// e^x to 2e-7 relative, by 2^n times a minimax polynomial of 2^f on [-1/2, 1/2]; x is held within [-87, 88].
INLINE vf exponential(vf x) {
    const float log2e = 1.442695041f, log2e_rest = 1.925963033e-8f, magic = 12582912.0f;  // 1.5 * 2^23
    x = lesser_of(greater_of(x, splat(-87.0f)), splat(88.0f));
    vf shifted = x * log2e + magic;
    vf n = shifted - magic;
    vf f = (x * log2e - n) + x * log2e_rest;
    vf p = splat(1.535336192e-04f);
    p = p * f + 1.339887489e-03f;
    p = p * f + 9.618437362e-03f;
    p = p * f + 5.550332470e-02f;
    p = p * f + 2.402264791e-01f;
    p = p * f + 6.931472029e-01f;
    p = p * f + 1.0f;
    vi exponent = ((vi)shifted - 0x4B400000 + 127) << 23;
    return p * (vf)exponent;
}

INLINE vf hyperbolic_tangent(vf x) { return 1.0f - 2.0f / (exponential(x + x) + 1.0f); }

// The normal distribution function minus 1/2 at c, which is within [-5.3, 5.3]: c times a rational minimax of c^2.
INLINE vf normal_from_half(vf c) {
    vf s = c * c;
    vf p = splat(2.338734042e-08f);
    p = p * s + 6.468188387e-06f;
    p = p * s + 1.703677037e-04f;
    p = p * s + 4.687728723e-03f;
    p = p * s + 3.389681205e-02f;
    p = p * s + 3.989421102e-01f;
    vf q = splat(1.224647351e-06f);
    q = q * s + 7.469966926e-05f;
    q = q * s + 1.892490554e-03f;
    q = q * s + 2.869161420e-02f;
    q = q * s + 2.516315601e-01f;
    q = q * s + 1.0f;
    return c * p / q;
}

INLINE vf within(vf x, float end) { return lesser_of(greater_of(x, splat(-end)), splat(end)); }

// x times the normal distribution function (Hendrycks and Gimpel 2016, eq. 2). Beyond 5.3 the product is x or 0 to fp32.
// Absolute error below 1e-6, relative 5e-7 within [-1, 1].
INLINE vf gelu(vf x) {
    const float end = 5.3f;
    vf inside = x * normal_from_half(within(x, end)) + 0.5f * x;
    return pick(x > end, x, pick(x < -end, (vf){0}, inside));
}

// Its derivative: the distribution function plus x times the density.
INLINE vf gelu_slope(vf x) {
    vf density = exponential(-0.5f * x * x) * 0.3989422804f;
    return 0.5f + normal_from_half(within(x, 5.3f)) + x * density;
}

// The tanh form of Hendrycks and Gimpel 2016 (`gelu_new`).
INLINE vf gelu_tanh(vf x) {
    vf inner = x * (0.7978845608f + 0.0356774081f * x * x);
    return 0.5f * x * (1.0f + hyperbolic_tangent(inner));
}

INLINE vf gelu_tanh_slope(vf x) {
    vf t = hyperbolic_tangent(x * (0.7978845608f + 0.0356774081f * x * x));
    return 0.5f * (1.0f + t) + 0.5f * x * (1.0f - t * t) * (0.7978845608f + 0.1070322243f * x * x);
}

INLINE vf tanh_slope(vf x) {
    vf t = hyperbolic_tangent(x);
    return 1.0f - t * t;
}

INLINE vf identity(vf x) { return x; }
INLINE vf identity_slope(vf x) { return x - x + 1.0f; }
INLINE vf rectified(vf x) { return greater_of(x, (vf){0}); }
INLINE vf rectified_slope(vf x) { return pick(x > 0.0f, splat(1.0f), (vf){0}); }
