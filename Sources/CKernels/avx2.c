// Eight floats a vector, fused multiply-add; sixteen registers.
#if defined(__x86_64__)
#include "CKernels.h"
#include <stdbool.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define W 8
#define ROWS 6
#define TABLE ck_avx2
#include "body.h"
#pragma clang attribute pop
#endif
