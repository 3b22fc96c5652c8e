import Contract

/// Everything a report says, as plain values: whoever fills it in computes nothing new, and whoever
/// writes it down knows nothing else.
struct ReportModel: Sendable {
  /// How an artifact was made, so that a reader can make it again.
  struct Source: Hashable, Sendable {
    /// The stage's name in the spec.
    let stage: String
    /// The command that makes it again, such as `swift run pipeline run section-4 --force`.
    let command: String
    /// The key under which its answer is stored, in hexadecimal.
    let key: String

    /// The key as far as a person compares it.
    var shortKey: String { String(key.prefix(12)) }
  }

  /// A table with its file.
  struct TableItem: Sendable {
    /// The rows.
    let table: Table
    /// Where its CSV file lies, seen from the report.
    let csv: String
    /// How it was made.
    let source: Source
  }

  /// A picture or plot with its file.
  struct FigureItem: Sendable {
    /// What it shows.
    let caption: String
    /// Where the PNG file lies, seen from the report.
    let image: String
    /// Files beside it, such as a plot's script and data, with the words for their links.
    let files: [(words: String, path: String)]
    /// How it was made.
    let source: Source
  }

  /// Something shown in a section.
  enum Item: Sendable {
    case table(TableItem)
    case figure(FigureItem)
    /// Prose in Markdown that stands below something else.
    case text(String)
    /// Published numbers, beside ours, that stand below something else.
    case claims([ClaimResult])
  }

  /// One part of a paper.
  struct Section: Sendable {
    /// The heading, such as `Section 4: linear perturbation of non-linear models`.
    let title: String
    /// A paragraph, in Markdown, about what is done here; may be empty.
    let text: String
    /// Tables and figures; figures that follow one another stand side by side.
    let items: [Item]
    /// Published numbers that belong here, beside ours.
    var claims: [ClaimResult] = []
    /// Why there is nothing to show; the text and the numbers are left out then.
    var absence: String?
    /// What of it has no answer in this run, and how to get it.
    var gap: String?
  }

  /// One paper.
  struct Paper: Sendable {
    /// The word its claims begin with, such as `goodfellow2015`.
    let id: String
    /// The heading: title, authors and year.
    let title: String
    /// A link to the paper; nil if there is none.
    let link: String?
    /// Its parts.
    let sections: [Section]
  }

  /// One original data file.
  struct DataFile: Hashable, Sendable {
    /// The data set.
    let name: String
    /// The file's name.
    let file: String
    /// Its size in bytes.
    let bytes: Int
    /// Its SHA-256 in hexadecimal.
    let sha256: String
    /// Where it comes from.
    let source: String
  }

  /// One stage of the run.
  struct StageRow: Hashable, Sendable {
    /// The stage's name, with its replicate.
    let name: String
    /// What kind of stage it is.
    let kind: String
    /// The key of its answer, in hexadecimal.
    let key: String
    /// Whether that is not today's.
    var isStale = false
  }

  /// The title of the report.
  var title: String
  /// The profile it is about.
  var profile: String
  /// The command that makes the whole report, such as `swift run pipeline all`.
  var command: String
  /// What is attempted and what is not, as Markdown paragraphs.
  var scope: String
  /// What became of the claims.
  var claims: [ClaimResult]
  /// The papers, in order.
  var papers: [Paper]
  /// Where we depart from the papers.
  var deviations: [Deviation]
  /// The original files behind the numbers; empty if the data are generated.
  var data: [DataFile]
  /// The stages, in the order of the spec.
  var stages: [StageRow]
  /// What the run happened on, as names and values; nothing else in a report depends on it.
  var environment: [(name: String, value: String)]
}
