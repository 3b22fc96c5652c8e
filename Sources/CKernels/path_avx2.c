// x86-64 with AVX2 and FMA: a vector is two registers, a block of C 6 × 16.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define PATH CK_AVX2
#define PATH_TABLE ck_table_avx2
#define PANEL_ROWS 6
#define PANEL_VECTORS 1

#include "paths/table.h"

#pragma clang attribute pop

#endif
