import Foundation
import Testing

@testable import Pipeline

@Suite("The command line, split") struct CallTests {
  private func mistake(_ words: String...) -> String? {
    #expect(throws: UsageError.self) { try Call(words) }.map { "\($0)" }
  }

  @Test func `words, values and switches are told apart`() throws {
    let call = try Call([
      "run", "a", "--jobs", "3", "--set=a.b=c=d", "--set", "e=f", "b", "--force",
    ])
    #expect(call.command == "run")
    #expect(call.operands == ["a", "b"])
    #expect(try call.number("--jobs", in: 1...4) == 3)
    #expect(call.all("--set") == ["a.b=c=d", "e=f"])
    #expect(call.has("--force") && !call.has("--json"))
    #expect(try Call([]).command == "help")
  }

  @Test func `every mistake gets a hint`() {
    #expect(mistake("stats") == "unknown command ‘stats’\nhint: did you mean ‘status’?")
    #expect(
      mistake("frobnicate")
        == "unknown command ‘frobnicate’\nhint: pipeline help lists the commands")
    #expect(
      mistake("all", "--profil", "x")
        == "unknown option ‘--profil’\nhint: did you mean ‘--profile’?")
    #expect(mistake("all", "--jobs") == "‘--jobs’ has no value\nhint: write --jobs N")
    #expect(mistake("all", "--force=1") == "‘--force’ takes no value\nhint: write just --force")
    #expect(mistake("status", "--to", "x")?.hasPrefix("‘status’ does not take ‘--to’") == true)
    #expect(mistake("all", "softmax")?.hasPrefix("‘all’ takes no operand") == true)
  }

  @Test(arguments: ["0", "-1", "x", "1.5", "99999", ""])
  func `numbers outside their range are refused`(text: String) throws {
    let call = try Call(["all", "--jobs=\(text)"])
    let error = #expect(throws: UsageError.self) { try call.number("--jobs", in: 1...1024) }
    #expect(error?.hint == "give a whole number from 1 to 1024")
  }

  @Test func `every command explains itself`() {
    for command in CommandList.all {
      let text = HelpCommand.text(for: command.name)
      #expect(text.contains("pipeline \(command.name)"), "\(command.name)")
      #expect(!command.summary.isEmpty && command.help.count > 40, "\(command.name)")
    }
  }
}

/// What the program answers to a call, whatever it has to say.
@Suite("The command line, answered") struct CommandLineTests {
  @Test func `mistakes have codes and hints`() throws {
    let program = try Program()
    let stage = try program("why", "sofmax")
    #expect(stage.code == 64)
    #expect(stage.messages.contains("there is no stage ‘sofmax’\nhint: did you mean ‘softmax’?"))
    #expect(try program("statu").code == 64)
    #expect(try program("all", "--prof", "x").code == 64)
    #expect(try program("run").code == 64)
    #expect(try program("graph", "--format", "svg").code == 64)
    let profile = try program("status", "--profile", "dem")
    #expect(profile.code == 65)
    #expect(profile.messages.contains("did you mean ‘demo’?"))
    try program.edit("epsilon: 0.25", "epsilon: 25")
    let option = try program("status")
    #expect(option.code == 65)
    #expect(
      option.messages.contains("experiments.yaml:31:57: error: ‘epsilon’ cannot be 25.0"),
      "\(option.messages)")
  }

  @Test func `status, plan and diff speak JSON`() throws {
    let program = try Program()
    let before = try JSON.parse(Array(try program("status", "--json").output.utf8))
    #expect(
      before.array?.map { $0["state"]?.string } == ["stale", "waiting", "waiting", "waiting"])
    let plan = try JSON.parse(Array(try program("plan", "--json").output.utf8))
    #expect(plan.array?.map { $0["action"]?.string } == ["run", "maybe", "maybe", "maybe"])
    try program("all", "--quiet")
    let after = try JSON.parse(Array(try program("status", "--json").output.utf8))
    #expect(after.array?.allSatisfy { $0["state"]?.string == "fresh" } == true)
    let key = program.store.latest(profile: "tiny", stage: "softmax")?.key
    #expect(after.array?[1]["key"]?.string == key)
    let diff = try program("diff", "--json")
    #expect(diff.code == 3, "nothing is comparable on synthetic digits")
    #expect(throws: Never.self) { try JSON.parse(Array(diff.output.utf8)) }
    #expect(try JSON.parse(Array(try program("plan", "--json").output.utf8)) == .array([]))
  }

  @Test func `spec writes out what recipes and profiles give`() throws {
    let program = try Program()
    let answer = try program(
      "spec", "--json", "--profile", "slow", "--set", "maxout.options.batch=7")
    let spec = try JSON.parse(Array(answer.output.utf8))
    let options = try #require(spec["stages"]?["maxout"]?["options"])
    #expect(options["batch"] == 7 && options["patience"] == 10000 && options["units"] == 4)
    #expect(spec["stages"]?["softmax"]?["options"]?["batch"] == 20)
    let claim = spec["claims"]?["goodfellow2015.softmax.fgsm_0.25.error_rate"]
    #expect(claim?["column"] == "error_rate" && claim?["where"]?["model"] == "softmax")
    #expect(try program("spec").messages.contains("the spec is good: profile tiny, 4 stages, 1"))
  }

  @Test func `the graph is drawn in two languages`() throws {
    let program = try Program()
    let mermaid = try program("graph").output
    #expect(mermaid.hasPrefix("flowchart LR\n  n0[\"digits<br/><small>synthetic-digits</small>\"]"))
    #expect(mermaid.contains("  n1 --> n3"))
    let dot = try program("graph", "--format", "dot").output
    #expect(dot.contains("n3 [label=\"attack\\ncraft\", style=dashed];"))
    #expect(dot.contains("n2 -> n3;") && dot.hasSuffix("}\n"))
  }

  @Test func `without data plain all runs the demo and touches nothing else`() throws {
    let program = try Program(default: "real")
    try Files.write([7], to: "\(program.folder)/results/real/attack/attack.csv")
    let plain = try program("all", "--offline")
    #expect(plain.code == 0, "\(plain.messages)")
    #expect(plain.messages.contains("--offline was given, so nothing is downloaded"))
    #expect(plain.messages.contains("running the demo profile on synthetic digits instead"))
    #expect(Files.size("\(program.folder)/report/demo/report.md") != nil)
    #expect(try Files.read("\(program.folder)/results/real/attack/attack.csv") == [7])
    #expect(!Files.isFolder("\(program.folder)/report/real"))
    let explicit = try program("all", "--offline", "--profile", "real")
    #expect(explicit.code == 65)
    #expect(!explicit.messages.contains("demo profile"))
    #expect(try program("run", "attack", "--offline").code == 65)
  }

  @Test func `stages whose data are missing are left out, and the rest runs`() throws {
    let program = try Program(default: "demo")
    try program.edit(
      "  softmax:\n",
      "  pictures:\n    kind: cifar-10\n    options: {validation: 10, train-images: 100}\n"
        + "  whiten:\n    kind: whitening\n    inputs: {data: pictures}\n"
        + "    options: {norm: 55, bias: 0.1}\n  softmax:\n")
    try program.edit(
      page: "{{table attack/attack}}", "{{table attack/attack}}\n{{table whiten/fit}}")
    let answer = try program("all")
    #expect(answer.code == 0, "\(answer.messages)")
    #expect(answer.messages.contains("4 computed, 0 from the cache, 2 not run"))
    #expect(
      answer.messages.contains("- whiten: needs the data set cifar-10, which is not at hand"))
    #expect(!answer.messages.contains("downloaded"), "the demo profile needs no network")
    #expect(Files.size("\(program.folder)/report/demo/report.md") != nil)
    #expect(try program("run", "whiten", "--offline").code == 65, "what is named must run")
    #expect(try program("run", "attack", "--offline").code == 0)
  }

  @Test func `places that cannot be written are told`() throws {
    let program = try Program()
    try Files.write([1], to: "\(program.folder)/file")
    let output = try program("all", "--output", "\(program.folder)/file/x")
    #expect(output.code == 74, "\(output.messages)")
    #expect(output.messages.contains("cannot create the folder ‘\(program.folder)/file"))
    let cache = try program("all", "--cache", "\(program.folder)/file/cache")
    #expect(cache.code == 74, "\(cache.messages)")
    let spec = try program("status", "--spec", "\(program.folder)/nowhere.yaml")
    #expect(spec.code == 74)
    #expect(spec.messages.contains("nowhere.yaml"))
  }

  @Test func `off a terminal nothing is coloured or redrawn`() throws {
    let program = try Program()
    let answers = [
      try program("all"), try program("status"),
      try program("all", "--force", environment: ["NO_COLOR": "1", "TERM": "xterm"]),
    ]
    for answer in answers {
      #expect(!answer.messages.contains("\u{1B}") && !answer.output.contains("\u{1B}"))
    }
    #expect(answers[0].messages.contains("✓ digits ("))
    let quiet = try program("all", "--force", "--quiet")
    #expect(quiet.messages == "" && quiet.output == "", "\(quiet.messages)\(quiet.output)")
  }

  @Test func `export writes what a stage made`() throws {
    let program = try Program()
    #expect(try program("export", "maxout", "--to", "\(program.folder)/e").code == 64)
    try program("all")
    let answer = try program("export", "maxout", "attack", "--to", "\(program.folder)/e")
    #expect(answer.code == 0)
    let written = Files.listRecursively("\(program.folder)/e")
    #expect(written.contains("maxout/weights.safetensors"))
    #expect(written.contains("attack/attack.csv"))
    #expect(written.contains("attack/adversarial/maxout.adversarial.npy"))
    #expect(answer.output.split(separator: "\n").count == written.count)
  }
}
