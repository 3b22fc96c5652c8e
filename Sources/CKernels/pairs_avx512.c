// x86-64 with AVX-512: a vector is one of 32 registers.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CPairs.h"

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)

#define PAIR_TABLE ck_pairs_avx512

#include "pairs/best_pair.h"

#pragma clang attribute pop

#endif
