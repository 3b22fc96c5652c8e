// x86-64 with AVX2: a vector is two of 16 registers.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CPairs.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define PAIR_TABLE ck_pairs_avx2

#include "pairs/best_pair.h"

#pragma clang attribute pop

#endif
