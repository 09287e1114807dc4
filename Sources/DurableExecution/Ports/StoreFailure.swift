/// Why a store did not do what it was asked. Whatever it was, nothing of the transaction remains.
public enum StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The store cannot be reached or opened: nothing is done without it.
  case unreachable(String)
  /// The store can be reached and failed at a statement, not because of a value in it. The next batch would fail too.
  case failed(String)
  /// Others kept it locked for longer than we wait.
  case busy(String)
  /// Somebody else owns the key now: our epoch is too small. Our work is void.
  case fenced(KeyText)
  /// A row changed since we read it (optimistic version).
  case stale(String)
  /// A constraint of the database refused a row; the name is the constraint's or the table's.
  case constraint(String)
  /// The database cannot hold a value: too long, out of range, or of characters it refuses. The fault is that of one row.
  /// Trying again does not help, and the other rows can be written without it. The text names no value.
  case data(String)
  /// What was read is not what was written.
  case corrupt(String)
  /// No room, or not allowed to write.
  case unwritable(String)
  /// The file was written by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// Its tables were made by other steps of the same numbers; the text says where it is.
  case otherBuild(String)

  /// It belongs to another bank, or whatever else acts for it, than the one it was to be used with. Nothing was done.
  case otherBank(linked: String, given: String)

  public var description: String {
    switch self {
    case .otherBank(let linked, let given):
      "the store is paid from bank \(linked), and this is bank \(given); nothing was done"
    case .unreachable(let why): "the store cannot be reached: \(why)"
    case .failed(let why): "the store failed: \(why)"
    case .busy(let why): "the store is kept busy by others: \(why); try again"
    case .fenced: "another worker has taken this work over; its result stands"
    case .stale(let what): "\(what) was changed by somebody else meanwhile; try again"
    case .constraint(let name): "the database refused a row that would break \(name)"
    case .data(let what): "the database cannot hold \(what)"
    case .corrupt(let what): "the store is damaged: \(what); run `claims verify`"
    case .unwritable(let why): "the store cannot be written: \(why)"
    case .newerSchema(let found, let known):
      "the store has schema \(found), this program knows up to \(known): use a newer version of the program"
    case .otherBuild(let place):
      "\(place) was made by another build of this program, with other tables: use that build for it, or name "
        + "another store"
    }
  }
}
