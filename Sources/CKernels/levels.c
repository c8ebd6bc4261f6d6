// Which levels this build and this CPU have. The CPU's answer includes that the system saves the wide registers.
#include "CKernels.h"

extern const ck_kernels ck_portable;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2, ck_avx512;
#endif

const ck_kernels *ck_kernels_of(ck_level level) {
    switch (level) {
        case CK_PORTABLE: return &ck_portable;
#if defined(__x86_64__)
        case CK_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ck_avx2 : NULL;
        case CK_AVX512:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                           && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
                       ? &ck_avx512
                       : NULL;
#endif
        default: return NULL;
    }
}
