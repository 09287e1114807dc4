/// Bounds on what one record of an untrusted file may make us hold.
enum JSONLimits {
  /// Bytes in one claim. 999 lines written out with indentation are about a quarter of it.
  static let recordLength = 1 << 21
  /// How far into a file its layout is looked for.
  static let layoutReach = 1 << 16
}
