import Testing

@testable import Pipeline

@Suite("Comparability") struct ComparabilityTests {
  /// One change of the spec, a claim that it concerns, and what is told.
  struct Change: CustomStringConvertible, Sendable {
    let path: String
    let value: String
    let claim: String
    let reason: String
    var description: String { "\(path)=\(value)" }

    init(_ path: String, _ value: String, _ claim: String, _ reason: String) {
      (self.path, self.value, self.claim, self.reason) = (path, value, claim, reason)
    }
  }

  static let changes = [
    Change(
      "section-4.attack.epsilon", "0.3", "goodfellow2015.softmax.fgsm_0.25.error_rate",
      "section-4: attack.epsilon is 0.3, the paper's is 0.25"),
    Change(
      "section-4.attack",
      "{kind: bim, norm: linf, epsilon: 0.25, clip: false, steps: 1, step-size: 0.25}",
      "goodfellow2015.softmax.fgsm_0.25.error_rate",
      "section-4: attack.kind is bim, the paper's is fgsm; section-4: attack.step-size is 0.25, the"
        + " paper's is unknown; section-4: attack.steps is 1, the paper's is unknown"),
    Change(
      "section-4.criterion", "{kind: targeted, class: 3}",
      "goodfellow2015.softmax.fgsm_0.25.error_rate",
      "section-4: criterion.class is 3, the paper's is unknown; section-4: criterion.kind is"
        + " targeted, the paper's is misclassification"),
    Change(
      "section-4.options.attack.clip", "true", "goodfellow2015.logreg_3v7.fgsm_0.25.error_rate",
      "section-4: attack.clip is true, the paper's is false"),
    Change(
      "softmax.options.batch", "50", "goodfellow2015.softmax.fgsm_0.25.confidence",
      "softmax: batch is 50, the paper's is 100"),
    Change(
      "maxout.options.norm-cap", "0", "goodfellow2015.maxout.fgsm_0.25.error_rate",
      "maxout: norm-cap is 0, the paper's is 1.9365"),
    Change(
      "digits.options.validation", "5000", "papernot2016.jsma_increase.headline.success_rate",
      "digits: validation is 5000, the paper's is 10000"),
    Change(
      "digits.kind", "fashion-mnist", "goodfellow2015.rbf.clean.confidence",
      "digits: the kind is fashion-mnist, the paper's is mnist"),
    Change(
      "jsma-test.options.upsilon", "10", "papernot2016.jsma_increase.headline.success_rate",
      "jsma-test: upsilon is 10, the paper's is 14.5"),
    Change(
      "lenet.options.learning-rate", "0.2", "papernot2016.jsma_decrease.success_rate",
      "lenet: learning-rate is 0.2, the paper's is 0.1"),
    Change(
      "lenet.options.kernels", "[20, 40]", "papernot2016.jsma_increase.test.success_rate",
      "lenet: kernels is [20, 40], the paper's is [20, 50]"),
    Change(
      "kos-gan.options.deception-weight", "1",
      "kos2017.mnist_classifier_attack.matrix.target",
      "kos-gan: deception-weight is 1, the paper's is 2"),
    Change(
      "kos-classifier.options.iterations", "999",
      "kos2017.mnist_classifier_attack.matrix.target",
      "kos-classifier: iterations is 999, the paper's is 1000"),
    Change(
      "maxout-noise-sign.options.epsilon", "0.3", "goodfellow2015.noise_sign.fgsm_0.25.error_rate",
      "maxout-noise-sign: epsilon is 0.3, the paper's is 0.25"),
    Change(
      "maxout-adversarial.options.alpha", "0.4",
      "goodfellow2015.maxout_advtrained.fgsm_0.25.error_rate",
      "maxout-adversarial: alpha is 0.4, the paper's is 0.5"),
    Change(
      "section-8.inputs.source", "softmax",
      "goodfellow2015.agreement.rbf_predicts_maxout.both_wrong",
      "section-8: source is softmax, the paper's is maxout"),
    Change(
      "bradshaw-cw-gpdnn.options.search-steps", "5", "bradshaw2017.mnist.cw_l2.gpdnn_failed",
      "bradshaw-cw-gpdnn: search-steps is 5, the paper's is 9"),
    Change(
      "bradshaw-gpdnn.options.beta", "0.01", "bradshaw2017.transfer_mnist.error",
      "bradshaw-gpdnn: beta is 0.01, the paper's is 0.001"),
    Change(
      "semeion.options.margin", "0", "bradshaw2017.domain_shift.semeion.nn_sc.accuracy",
      "semeion: margin is 0, the paper's is 4"),
    Change(
      "tutorial-table.options.epsilons", "[0, 0.25]", "fgsm_tutorial.pytorch_old.eps_0.25.correct",
      "tutorial-table: epsilons is [0, 0.25], the paper's is [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]"),
  ]

  @Test("one option that differs, however deep, makes a claim not comparable", arguments: changes)
  func change(_ change: Change) throws {
    let before = try ComparabilityFixture()
    #expect(try before.differences(change.claim) == "")
    let after = try ComparabilityFixture(set: [(change.path, change.value)])
    #expect(try after.differences(change.claim) == change.reason)
    if let result = try after.result(change.claim) {
      #expect(result.verdict == .notComparable && result.reason == change.reason)
      #expect(try before.result(change.claim)?.verdict == .reproduced)
    }
  }

  static let harmless = [
    Change("section-4.options.examples", "20", "goodfellow2015.softmax.fgsm_0.25.error_rate", ""),
    Change("fooling.options.shown", "4", "goodfellow2015.fooling.cifar10.frog_success", ""),
    Change("bradshaw-gpdnn.replicates", "2", "bradshaw2017.mnist.cw_l2.gpdnn_failed", ""),
    // What the row of softmax regression was not made from.
    Change("maxout.options.norm-cap", "0", "goodfellow2015.softmax.fgsm_0.25.error_rate", ""),
    Change(
      "section-4.inputs.models", "[softmax]", "goodfellow2015.softmax.fgsm_0.25.error_rate", ""),
    Change("sweep.options.clip", "true", "goodfellow2015.softmax.fgsm_0.25.error_rate", ""),
    // The same number, written otherwise.
    Change("softmax.options.batch", "100.0", "goodfellow2015.softmax.fgsm_0.25.error_rate", ""),
  ]

  @Test(
    "pictures, replicates and what other rows were made from are no conditions",
    arguments: harmless)
  func innocent(_ change: Change) throws {
    let fixture = try ComparabilityFixture(set: [(change.path, change.value)])
    #expect(try fixture.differences(change.claim) == "")
  }

  @Test("what is not known to be equal is different")
  func unknown() throws {
    let softmax = "goodfellow2015.softmax.fgsm_0.25.error_rate"
    let fixture = try ComparabilityFixture()
    #expect(
      try fixture.differences(softmax, found: ["data": "mnist"])
        == "test-images is unknown, the paper's is ‘10000’")
    #expect(
      try fixture.differences("papernot2016.lenet.test.accuracy", found: ["data": "mnist"])
        == "training is unknown, the paper's is ‘complete’")
    let claim = try #require(fixture.claim(softmax))
    func differences(_ ours: Spec, _ published: Spec?) -> String {
      Comparability(ours, published: published).conditions(
        of: claim, facts: ["data": "mnist", "test-images": "10000"]
      ).differences
    }
    #expect(
      differences(fixture.spec, nil)
        == "the spec has no profile ‘paper’, which states the papers' conditions")
    let renamed = try ComparabilityFixture(
      set: [
        (
          "section-4.attack", "{kind: fgsm, norm: linf, delta: 0.25, clip: false}"
        )
      ])
    #expect(
      differences(fixture.spec, renamed.spec)
        == "section-4: attack.delta is not given, the paper's is 0.25; "
        + "section-4: attack.epsilon is 0.25, the paper's is unknown")
  }

  @Test("an answer of another day counts with its own options, and with the spec's")
  func answered() throws {
    let softmax = "goodfellow2015.softmax.fgsm_0.25.error_rate"
    let (paper, other) = (
      try ComparabilityFixture(),
      try ComparabilityFixture(set: [("section-4.attack.epsilon", "0.3")])
    )
    let claim = try #require(paper.claim(softmax))
    func differences(_ spec: Spec, madeBy made: Spec) throws -> String {
      let stage = try #require(made.stage(named: "section-4"))
      let parts = KeyParts(
        kind: stage.kind, options: KeyParts.flatten(stage.options), inputs: [], seed: "",
        code: CodeFingerprint(files: []))
      return Comparability(spec, published: paper.spec, answered: ["section-4": parts])
        .conditions(of: claim, facts: ["data": "mnist", "test-images": "10000"]).differences
    }
    let reason = "section-4: attack.epsilon is 0.3, the paper's is 0.25"
    #expect(try differences(paper.spec, madeBy: paper.spec) == "")
    #expect(try differences(paper.spec, madeBy: other.spec) == reason)
    #expect(try differences(other.spec, madeBy: paper.spec) == reason)
  }

  @Test("a stage that the published conditions do not have is told")
  func noSuchStage() throws {
    let fixture = try ComparabilityFixture()
    let claim = try #require(fixture.claim("goodfellow2015.maxout1600.clean.error_rate"))
    let demo = try ComparabilityFixture(profile: "demo")
    #expect(
      Comparability(fixture.spec, published: demo.spec).conditions(of: claim, facts: [:])
        .compactMap(\.difference).contains(
          "section-6-large: the papers' conditions have no such stage"))
  }

  @Test("a stage that says how it was trained speaks for what it was made from")
  func facts() throws {
    let fixture = try ComparabilityFixture()
    let mnist = ["data": "mnist", "test-images": "10000"]
    func differences(_ id: String, _ facts: [String: String]) throws -> String {
      try fixture.differences(id, found: mnist.merging(facts) { $1 })
    }
    let attacked = "goodfellow2015.maxout_advtrained.fgsm_0.25.error_rate"
    let long = ["maxout-adversarial/training": "470 epochs"]
    #expect(
      try differences(
        attacked, long.merging(["maxout-adversarial-first/training": "complete"]) { $1 })
        == "")
    #expect(
      try differences(attacked, long)
        == "maxout-adversarial: training is ‘470 epochs’, the paper's is ‘complete’")
    let transfer = "goodfellow2015.transfer.original_to_advtrained.error_rate"
    #expect(
      try differences(
        transfer,
        [
          "maxout/training": "50 epochs", "maxout-adversarial-first/training": "complete",
        ]) == "maxout: training is ‘50 epochs’, the paper's is ‘complete’",
      "every training of the row is asked")
    let ensemble = [
      "ensemble/training": "settled", "ensemble/members": "12",
      "maxout-member/training": "75 epochs",
    ]
    #expect(
      try differences("goodfellow2015.ensemble12.fgsm_0.25_whole.error_rate", ensemble) == "")
    #expect(
      try differences("goodfellow2015.softmax.fgsm_0.25.error_rate", ["maxout/training": "none"])
        == "")
  }

  @Test("standard compares what it computes with the paper's own options, and nothing else")
  func standard() throws {
    let fixture = try ComparabilityFixture(profile: "standard")
    var comparable: [String] = []
    for claim in fixture.measured where claim.ungatedBecause == nil {
      if try fixture.conditions(claim.id).allSatisfy(\.holds) { comparable.append(claim.id) }
    }
    #expect(comparable == Self.comparableOnStandard)
  }

  /// The claims whose closure `standard` computes at the published scale.
  static let comparableOnStandard = [
    "fgsm_tutorial.pytorch_old.eps_0.correct",
    "fgsm_tutorial.pytorch_old.eps_0.05.correct",
    "fgsm_tutorial.pytorch_old.eps_0.1.correct",
    "fgsm_tutorial.pytorch_old.eps_0.15.correct",
    "fgsm_tutorial.pytorch_old.eps_0.2.correct",
    "fgsm_tutorial.pytorch_old.eps_0.25.correct",
    "fgsm_tutorial.pytorch_old.eps_0.3.correct",
    "goodfellow2015.softmax.fgsm_0.25.error_rate",
    "goodfellow2015.softmax.fgsm_0.25.confidence",
    "goodfellow2015.logreg_3v7.clean.error_rate",
    "goodfellow2015.logreg_3v7.fgsm_0.25.error_rate",
    "goodfellow2015.rbf.fgsm_0.25.error_rate",
    "goodfellow2015.rbf.fgsm_0.25.confidence_mistakes",
    "goodfellow2015.rbf.clean.confidence",
    "goodfellow2015.rubbish.softmax_regression.error_rate",
    "goodfellow2015.rubbish.softmax_regression.confidence",
    "goodfellow2015.rubbish.rbf.error_rate",
    "jiang2023.softmax.l1_minus0.3.fgsm_0.3.accuracy",
    "jiang2023.logreg_0v1.l1.fgsm_0.3.accuracy",
    "jiang2023.logreg_0v1.plain.fgsm_0.3.accuracy",
    "jiang2023.logreg_0v1.l1.fgsm_0.5.accuracy",
    "jiang2023.logreg_0v1.plain.fgsm_0.5.accuracy",
  ]

  @Test("the profile of the papers differs from them only where its options say so")
  func paper() throws {
    let fixture = try ComparabilityFixture()
    for claim in fixture.measured {
      #expect(try fixture.differences(claim.id) == "", "\(claim.id)")
    }
  }

  @Test("on synthetic digits nothing is compared")
  func demo() throws {
    let fixture = try ComparabilityFixture(profile: "demo")
    for claim in fixture.measured {
      let kinds = try fixture.conditions(claim.id).filter { !$0.holds && $0.sort == .kind }
      let told = kinds.compactMap(\.difference)
      #expect(!told.isEmpty, "\(claim.id)")
      #expect(told.allSatisfy { $0.contains(": the kind is synthetic-digits, the paper's is ") })
    }
  }
}
