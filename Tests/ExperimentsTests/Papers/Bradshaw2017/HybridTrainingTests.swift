import Kernels
import Testing

@testable import Bradshaw2017
@testable import Contract

@Suite struct HybridTrainingTests {
  static func options(_ more: [String: Setting]) -> [String: Setting] {
    let common: [String: Setting] = [
      "network": .string("none"), "features": .int(4), "inducing": .int(10), "variance": .int(1),
      "whitened": .bool(false), "beta": .double(0.001), "nodes": .int(9), "batch": .int(25),
      "learning-rate": .double(0.02),
    ]
    return common.merging(more) { $1 }
  }

  @Test(arguments: ["softmax", "rbf", "linear"])
  func `a model of pixels learns the toy digits`(_ head: String) throws {
    let output = try ToyDigits.run(
      HybridTraining.self,
      Self.options(["head": .string(head), "epochs": .int(30), "images": .int(1000)]),
      inputs: ["data": [ToyDigits.input]])
    let input = StageInput(stage: "hybrid", output: output)
    let (classifier, test) = try input.subject(ToyDigits.parts.test, in: ToyModels.workspace)
    let seen = test.evaluate(classifier)
    #expect(Double(seen.errors) < 0.5 * Double(seen.count))
    guard case .table(let curve)? = output.artifacts["curve"] else {
      Issue.record("there is no curve")
      return
    }
    #expect(curve.rows.count == 30)
    #expect(output.conditions.values.contains { $0.contains("steps on") })
  }

  @Test func `a convolution needs images it can convolve`() throws {
    guard ToyDigits.parts.test.height < 16 else { return }
    #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        HybridTraining.self,
        Self.options([
          "network": .string("shallow"), "head": .string("rbf"), "epochs": .int(1),
          "images": .int(10),
        ]),
        inputs: ["data": [ToyDigits.input]])
    }
  }

  @Test func `the table of sizes has a row a head and size`() throws {
    let output = try ToyDigits.run(
      TrainingSizeTable.self,
      Self.options(["steps": .int(4), "sizes": .list([.int(20), .int(60)])]),
      inputs: ["data": [ToyDigits.input]])
    let table = try output.table("sizes")
    #expect(table.rows.map { $0[0] } == ["softmax", "softmax", "rbf", "rbf"].map { .text($0) })
    #expect(table.rows.map { $0[1] } == [20, 60, 20, 60].map { .integer($0) })
    #expect(try output.plot("error").series.count == 2)
    #expect(try output.plot("log-likelihood").series[0].points.count == 2)
  }

  @Test func `a size that is no whole number is refused`() {
    #expect(throws: OptionError.self) {
      try ToyDigits.run(
        TrainingSizeTable.self,
        Self.options(["steps": .int(4), "sizes": .list([.double(20.5)])]),
        inputs: ["data": [ToyDigits.input]])
    }
  }

  @Test func `far from its points a hybrid is unsure where a plain network is not`() throws {
    var options = Self.options([
      "epochs": .int(60), "points": .int(30), "side": .int(15),
      "far": .int(15),
    ])
    options["batch"] = .int(30)
    options["network"] = nil
    let output = try ToyDigits.run(UncertaintyPlane.self, options, inputs: [:])
    let table = try output.table("entropy")
    func entropy(_ model: String, _ column: String) throws -> Double {
      let row = try #require(table.rows.first { $0[0] == .text(model) })
      guard case .number(let value) = row[try #require(table.index(of: column))] else {
        return .nan
      }
      return value
    }
    #expect(try entropy("nn", "far") < 0.3)
    #expect(try entropy("gp", "far") > 1)
    #expect(try entropy("gpdnn-rbf", "far") > entropy("nn", "far"))
    for reach in ["near", "far"] {
      for model in ["nn", "gp", "gpdnn-rbf", "gpdnn-linear"] {
        guard case .plane(let map)? = output.artifacts["\(reach)-\(model)"] else {
          Issue.record("there is no picture \(reach)-\(model)")
          return
        }
        #expect(map.values.count == 225 && map.marks.count == 90)
        #expect(map.values.allSatisfy { (0...1.1).contains($0) })
      }
    }
  }
}
