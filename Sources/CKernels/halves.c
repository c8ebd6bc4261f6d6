// Sixteen-bit floats as their bits. Integer arithmetic alone, so that every level and every CPU agree.
#include "CKernels.h"

static uint32_t bits_of(float x) {
    uint32_t bits;
    __builtin_memcpy(&bits, &x, sizeof bits);
    return bits;
}

static float float_of(uint32_t bits) {
    float x;
    __builtin_memcpy(&x, &bits, sizeof x);
    return x;
}

// Half: 1 sign, 5 exponent (bias 15), 10 fraction; float: 1, 8 (bias 127), 23.
static uint16_t half_of(float x) {
    uint32_t bits = bits_of(x), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return (uint16_t)(sign | 0x7E00);      // not a number
    if (magnitude >= 0x477FF000) return (uint16_t)(sign | 0x7C00);     // rounds past 65504
    if (magnitude < 0x38800000)                                        // below 2^-14: a multiple of 2^-24
        return (uint16_t)(sign | (bits_of(float_of(magnitude) + 0.5f) - 0x3F000000));
    uint32_t odd = magnitude >> 13 & 1;
    return (uint16_t)(sign | ((magnitude + 0x0FFF + odd - (112u << 23)) >> 13));
}

static float float_of_half(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = h & 0x7FFF;
    if (magnitude >= 0x7C00) return float_of(sign | 0x7F800000 | (magnitude & 0x3FF) << 13);
    if (magnitude < 0x400) return float_of(sign | bits_of((float)magnitude * 0x1p-24f));
    return float_of(sign | ((magnitude << 13) + (112u << 23)));
}

void ck_float_to_half(const float *x, size_t count, uint16_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = half_of(x[i]);
}

void ck_half_to_float(const uint16_t *x, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = float_of_half(x[i]);
}

void ck_bfloat16_to_float(const uint16_t *x, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = float_of((uint32_t)x[i] << 16);
}
