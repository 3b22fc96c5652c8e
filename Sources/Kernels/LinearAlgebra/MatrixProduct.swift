import CKernels

/// The product of two matrices, either of them transposed first if wanted.
///
/// Each element is one chain of fused multiply-adds over the inner index in order, from +0.
public func matmul(
  _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false
) -> Tensor {
  product(a, b, transposeA: transposeA, transposeB: transposeB, bias: nil, pieces: 1)
}

/// `a·b`, with chains that start from `bias[j]` and columns in the order that `pieces` asks for.
func product(
  _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false, bias: Tensor?,
  pieces: Int
) -> Tensor {
  let (left, right) = (a.matrixShape, b.matrixShape)
  let (m, k) = transposeA ? (left.columns, left.rows) : left
  let (inner, n) = transposeB ? (right.columns, right.rows) : right
  precondition(
    inner == k,
    "\(a.shape)\(transposeA ? "ᵀ" : "") times \(b.shape)\(transposeB ? "ᵀ" : "") do not chain")
  precondition(bias.map { $0.shape == [n] } ?? true, "a bias for \(n) columns has shape [\(n)]")
  let workspace = a.workspace
  let kernels = workspace.kernels.pointee
  let result = Tensor(unfilled: [m, n], in: workspace)
  guard m > 0 && n > 0 else { return result }
  var plan = ck_product()
  (plan.m, plan.n, plan.k, plan.pieces) = (m, n, k, pieces)
  plan.a = matrix(a.storage.floats, columns: left.columns, transposed: transposeA)
  plan.b = matrix(b.storage.floats, columns: right.columns, transposed: transposeB)
  plan.bias = bias.map { UnsafePointer($0.storage.floats) }
  plan.c = result.storage.floats
  plan.c_stride = n
  kernels.product_plan(&plan, workspace.threads)
  let scratch = [plan.packed_a_floats, plan.packed_b_floats * workspace.threads].map {
    Storage(bytes: $0 * MemoryLayout<Float>.stride, in: workspace)
  }
  (plan.packed_a, plan.packed_b) = (scratch[0].floats, scratch[1].floats)
  withExtendedLifetime((a, b, bias, scratch)) {
    withUnsafePointer(to: plan) { plan in
      // A few panels a shard: one alone is too little work to share out.
      let (panels, each) = (plan.pointee.row_panels, 4)
      workspace.parallelRuns(of: panels, each: each) { start, count in
        for panel in start..<start + count { kernels.product_pack(plan, panel) }
      }
      workspace.parallel(plan.pointee.row_groups * plan.pointee.column_groups) { task, worker in
        kernels.product_task(plan, task, worker)
      }
    }
  }
  return result
}

private func matrix(
  _ data: UnsafeMutablePointer<Float>, columns: Int, transposed: Bool
) -> ck_matrix {
  transposed
    ? ck_matrix(data: data, row_stride: 1, column_stride: columns)
    : ck_matrix(data: data, row_stride: columns, column_stride: 1)
}
