import CKernels

/// A convolution layer on one batch: checks shapes, lends memory and shares out the work.
struct ConvolutionRun: Sendable {
  let layer: Conv2D
  /// `[n, channels·height·width]`.
  let x: Tensor

  init(_ layer: Conv2D, _ x: Tensor) {
    precondition(
      x.rowLength == layer.inputCount,
      "images of shape \(x.shape) were given where [n, \(layer.inputCount)] belong")
    (self.layer, self.x) = (layer, x)
  }

  private var workspace: Workspace { x.workspace }

  /// The output for W and b.
  func output(_ w: Tensor, _ b: Tensor) -> Tensor {
    let (images, workspace) = (x.rowCount, workspace)
    let y = Tensor(unfilled: [images, layer.outputCount], in: workspace)
    let kernels = ConvolutionTable(workspace.simd)
    var job = job()
    (job.b, job.y) = (UnsafePointer(b.storage.floats), y.storage.floats)
    let packed = packed(w, &job, kernels.pointee.pack_forward)
    let scratch = WorkerFloats(job.forward_floats, in: workspace)
    withExtendedLifetime((self, b, packed, scratch)) {
      withUnsafePointer(to: job) { job in
        workspace.parallel(images * job.pointee.bands) { task, worker in
          kernels.pointee.forward(job, task, scratch.of(worker))
        }
      }
    }
    return y
  }

  /// ∂L/∂x for ∂L/∂y and W.
  func inputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor {
    let workspace = workspace
    let dx = Tensor(unfilled: x.shape, in: workspace)
    let kernels = ConvolutionTable(workspace.simd)
    var job = job(dy)
    job.dx = dx.storage.floats
    let packed = packed(w, &job, kernels.pointee.pack_input)
    let scratch = WorkerFloats(job.input_floats, in: workspace)
    withExtendedLifetime((self, dy, packed, scratch)) {
      withUnsafePointer(to: job) { job in
        workspace.parallel(x.rowCount) { image, worker in
          kernels.pointee.input(job, image, scratch.of(worker))
        }
      }
    }
    return dx
  }

  /// ∂L/∂W and ∂L/∂b for ∂L/∂y.
  func weightGradients(_ dy: Tensor) -> [Tensor] {
    let (workspace, shapes) = (workspace, layer.weightShapes)
    let shards = layer.reduction.shards(of: x.rowCount)
    guard !shards.isEmpty else { return shapes.map(workspace.tensor) }
    let count = shapes[0].reduce(1, *)
    let kernels = ConvolutionTable(workspace.simd)
    let job = job(dy)
    let scratch = WorkerFloats(job.weights_floats, in: workspace)
    let dw = Tensor(unfilled: [shards.count, count], in: workspace)
    let db = Tensor(unfilled: [shards.count, layer.outputs], in: workspace)
    withExtendedLifetime((self, dy, scratch)) {
      withUnsafePointer(to: job) { job in
        workspace.parallel(shards.count) { shard, worker in
          kernels.pointee.weights(
            job, shards[shard].lowerBound, shards[shard].upperBound, scratch.of(worker),
            dw.storage.floats + shard * count, db.storage.floats + shard * layer.outputs)
        }
      }
    }
    return zip([dw, db], shapes).map { columnSums($0).reshaped($1) }
  }

  private func job(_ dy: Tensor? = nil) -> ck_convolution {
    precondition(
      dy.map { $0.shape == [x.rowCount, layer.outputCount] } ?? true,
      "a gradient of shape \(dy?.shape ?? []) came back to \([x.rowCount, layer.outputCount])")
    var job = ck_convolution()
    job.images = x.rowCount
    (job.channels, job.height, job.width) = (layer.channels, layer.height, layer.width)
    (job.outputs, job.kernel) = (layer.outputs, layer.kernel)
    (job.padding, job.stride) = (layer.padding, layer.stride)
    (job.out_height, job.out_width) = (layer.outHeight, layer.outWidth)
    job.x = UnsafePointer(x.storage.floats)
    job.dy = dy.map { UnsafePointer($0.storage.floats) }
    job.chunk_images = layer.reduction.chunkImages
    ConvolutionTable(workspace.simd).pointee.plan(&job)
    return job
  }

  private func packed(
    _ w: Tensor, _ job: inout ck_convolution,
    _ pack: (UnsafePointer<ck_convolution>, UnsafePointer<Float>) -> Void
  ) -> Storage {
    let packed = Storage(
      bytes: job.packed_floats * MemoryLayout<Float>.stride, in: workspace)
    job.packed = packed.floats
    w.withUnsafeBuffer { w in
      if let w = w.baseAddress { pack(&job, w) }
    }
    return packed
  }
}
