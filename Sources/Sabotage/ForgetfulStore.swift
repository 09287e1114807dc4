package import ClaimStore
import DurableExecution
package import DurableSQL

/// A store that does not recognize the work of an earlier life, as is true of most retry code: every life records its
/// work under names of its own.
///
/// All lives share claims, members, money, and the unique index on standing payments. They also share intake keys: a
/// service that has lost its memory still finds the row of a claim it has received.
struct ForgetfulStore: SQLStore {
  typealias Transaction = SQLTransaction

  private let base: any SQLStore
  private let names: LifeNames

  /// - Parameter life: a text of letters and digits that is different for each life.
  init(_ base: any SQLStore, life: String) {
    self.base = base
    names = LifeNames(life: life)
  }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await base.transaction { [names] in try body(Transaction(ForgetfulSession($0.session, names))) }
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await base.read { [names] in try body(Transaction(ForgetfulSession($0.session, names))) }
  }

  func awaitWork(upTo duration: Duration) async { await base.awaitWork(upTo: duration) }

  func shapeComparison() async throws -> ShapeComparison? { try await base.shapeComparison() }
}

extension ClaimStore {
  /// - Parameter life: the life whose work alone the store recognizes; nil to recognize all work.
  package init(_ base: any SQLStore, forgettingAllBut life: String?) {
    self.init(life.map { ForgetfulStore(base, life: $0) } ?? base)
  }
}

/// Marks names derived from effect keys with the life that writes them. One life then never finds the records of
/// another, whether by key or by payment, decision, or audit ID.
struct LifeNames: Sendable {
  private static let separator = "~life-"
  private static let derived = ["idemp:", "PAY-", "EOB-", "ADJ-", "AUD-"]
  private static let shared = "idemp:intake:"

  private let mark: String

  init(life: String) {
    mark = Self.separator + life
  }

  func marked(_ value: SQLValue) -> SQLValue {
    switch value {
    case .text(let text): .text(marked(text))
    case .texts(let texts): .texts(texts.map(marked))
    case .null, .integer, .bytes, .flag: value
    }
  }

  private func marked(_ text: String) -> String {
    guard Self.derived.contains(where: text.hasPrefix), !text.hasPrefix(Self.shared), !text.contains(Self.separator)
    else { return text }
    return text + mark
  }

  func unmarked(_ text: String) -> String {
    text.hasSuffix(mark) ? String(text.dropLast(mark.count)) : text
  }

  func isKeyOfAnotherLife(_ text: String) -> Bool {
    text.hasPrefix("idemp:") && text.contains(Self.separator) && !text.hasSuffix(mark)
  }
}
