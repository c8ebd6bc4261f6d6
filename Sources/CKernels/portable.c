// Four floats a vector: SSE2 on x86-64, NEON on aarch64.
#include "CKernels.h"
#define W 4
#define ROWS 6
#define TABLE ck_portable
#include "body.h"
