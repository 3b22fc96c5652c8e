// Any processor; see path_generic.c.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#define PAIR_TABLE ck_pairs_generic

#include "pairs/best_pair.h"
