/// What whole transactions keep each other away from.
enum LockName {
  static let cashBook = "cash-book"
  static let checkRun = "check-run"
  static let memberDirectory = "member-directory"
}
