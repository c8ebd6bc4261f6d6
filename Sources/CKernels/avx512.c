// Sixteen floats a vector, thirty-two registers.
#if defined(__x86_64__)
#include "CKernels.h"
#include <stdbool.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma"))), apply_to = function)
#define W 16
#define ROWS 12
#define TABLE ck_avx512
#include "body.h"
#pragma clang attribute pop
#endif
