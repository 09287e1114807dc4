/// Where a form is typed: at ten characters and six lines to the inch, as the print specifications of both forms have it.
/// Lines and columns count from one, and have fractions.
struct PrintGrid: Hashable, Sendable {
  /// The left edge of the first column and the top of the first line, in points.
  let left: Double
  let top: Double

  static let columnWidth = 7.2
  static let lineHeight = 12.0
  /// The sheet of both forms, 8.5 by 11 inches.
  static let sheetWidth = 612.0
  static let sheetHeight = 792.0

  func column(at x: Double) -> Double { (x - left) / Self.columnWidth + 1 }

  func line(at y: Double) -> Double { (y - top) / Self.lineHeight + 1 }

  func x(ofColumn column: Double) -> Double { left + (column - 1) * Self.columnWidth }

  func y(ofLine line: Double) -> Double { top + (line - 1) * Self.lineHeight }

  /// The area of some columns of a line, on the form as it is designed.
  func box(line: Int, columns: ClosedRange<Double>) -> PageBox {
    PageBox(
      left: x(ofColumn: columns.lowerBound), top: y(ofLine: Double(line)), right: x(ofColumn: columns.upperBound),
      bottom: y(ofLine: Double(line + 1)))
  }
}
