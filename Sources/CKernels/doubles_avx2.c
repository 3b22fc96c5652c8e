// x86-64 with AVX2: a vector is two of 16 registers.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CDoubles.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define DOUBLE_TABLE ck_doubles_avx2
#define BLOCK_ROWS 4

#include "doubles/table_of_doubles.h"

#pragma clang attribute pop

#endif
