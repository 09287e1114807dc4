/// The reason a store did not do its work. Nothing of the transaction remains, with one exception: after `unreachable` it may
/// have been committed, because a server can fail between a commit and its answer. Work under a key is safe to repeat.
public enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The store cannot be reached or opened. Nothing is done without it.
  case unreachable(String)
  /// The store can be reached but failed at a statement, and not because of a value in it. The next batch would fail
  /// too.
  case failed(String)
  /// Others kept the store locked for longer than we wait.
  case busy(String)
  /// Another worker owns the key now, because our epoch is too small. Our work is void.
  case fenced(KeyText)
  /// A row changed since we read it (optimistic version).
  case stale(String)
  /// A constraint of the database refused a row. The name is that of the constraint or the table.
  case constraint(String)
  /// The database cannot hold a value: it is too long, out of range, or contains characters that the database refuses.
  /// The fault lies in one row. Retrying does not help, and the other rows can be written without it. The text contains
  /// no values.
  case data(String)
  /// The data read is not the data that was written.
  case corrupt(String)
  /// There is no space left, or the store may not be written.
  case unwritable(String)
  /// The file was written by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// The tables were created by different steps with the same numbers. The text says where the store is.
  case otherBuild(String)

  /// Whether the failure lies in what is stored for one flow, so that others can be continued.
  var isOfOneFlow: Bool {
    if case .corrupt = self { true } else { false }
  }

  public var description: String {
    switch self {
    case .unreachable(let why): "the store cannot be reached: \(why)"
    case .failed(let why): "the store failed: \(why)"
    case .busy(let why): "the store is kept busy by others: \(why); try again"
    case .fenced: "another worker has taken this work over, and its result counts"
    case .stale(let what): "\(what) was changed by another process; try again"
    case .constraint(let name): "the database refused a row that would break \(name)"
    case .data(let what): "the database cannot hold \(what)"
    case .corrupt(let what): "the store is damaged: \(what)"
    case .unwritable(let why): "the store cannot be written: \(why)"
    case .newerSchema(let found, let known):
      "the store has schema \(found), this program knows up to \(known): use a newer version of the program"
    case .otherBuild(let place):
      "\(place) was made by another build of this program, with other tables: use that build for it, or name "
        + "another store"
    }
  }
}
