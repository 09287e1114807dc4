/// A point on a page or on a form, in points from the top left.
struct PagePoint: Hashable, Sendable {
  var x: Double
  var y: Double
}

/// From a page as it lies to the form as it is designed: shifted, scaled, turned a little, or sheared.
struct PageTransform: Hashable, Sendable {
  /// x' = a x + b y + c; y' = d x + e y + f.
  var a, b, c, d, e, f: Double

  static let identity = PageTransform(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)

  func callAsFunction(_ point: PagePoint) -> PagePoint {
    PagePoint(x: a * point.x + b * point.y + c, y: d * point.x + e * point.y + f)
  }

  /// Nil for a transform that loses a dimension.
  var inverse: PageTransform? {
    let determinant = a * e - b * d
    guard abs(determinant) > 1e-9 else { return nil }
    return PageTransform(
      a: e / determinant, b: -b / determinant, c: (b * f - c * e) / determinant,
      d: -d / determinant, e: a / determinant, f: (c * d - a * f) / determinant)
  }

  func shifted(x: Double, y: Double) -> PageTransform {
    PageTransform(a: a, b: b, c: c + x, d: d, e: e, f: f + y)
  }

  /// Whether the page could have come from a printer and a scanner: no more than a fifth larger or smaller, no more than
  /// some degrees askew, and the same in both directions.
  var isPlausible: Bool {
    let (width, height) = ((a * a + d * d).squareRoot(), (b * b + e * e).squareRoot())
    return (0.8...1.25).contains(width) && (0.8...1.25).contains(height) && abs(width / height - 1) < 0.06
      && abs(b) < 0.12 && abs(d) < 0.12 && a > 0 && e > 0
  }

  /// Turned, scaled and shifted so that two points fall onto two others; nil when the points are one.
  init?(_ from: (PagePoint, PagePoint), to: (PagePoint, PagePoint)) {
    let (dx, dy) = (from.1.x - from.0.x, from.1.y - from.0.y)
    let (tx, ty) = (to.1.x - to.0.x, to.1.y - to.0.y)
    let square = dx * dx + dy * dy
    guard square > 1 else { return nil }
    let (p, q) = ((dx * tx + dy * ty) / square, (dx * ty - dy * tx) / square)
    self.init(
      a: p, b: -q, c: to.0.x - p * from.0.x + q * from.0.y, d: q, e: p, f: to.0.y - q * from.0.x - p * from.0.y)
  }

  init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
    (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
  }

  /// The transform with the least sum of squared distances; nil for fewer than three points, or points on one line.
  init?(leastSquaresOf pairs: [(from: PagePoint, to: PagePoint)]) {
    guard pairs.count >= 3 else { return nil }
    let count = Double(pairs.count)
    let center = PagePoint(
      x: pairs.reduce(0) { $0 + $1.from.x } / count, y: pairs.reduce(0) { $0 + $1.from.y } / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    var (tx, ty) = (0.0, 0.0)
    var (xtx, ytx, xty, yty) = (0.0, 0.0, 0.0, 0.0)
    for (from, to) in pairs {
      let (x, y) = (from.x - center.x, from.y - center.y)
      (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y)
      (tx, ty) = (tx + to.x, ty + to.y)
      (xtx, ytx) = (xtx + x * to.x, ytx + y * to.x)
      (xty, yty) = (xty + x * to.y, yty + y * to.y)
    }
    let determinant = xx * yy - xy * xy
    guard determinant > 1e-3 * (xx + yy) * (xx + yy) * 1e-3 else { return nil }
    let (a, b) = ((xtx * yy - ytx * xy) / determinant, (ytx * xx - xtx * xy) / determinant)
    let (d, e) = ((xty * yy - yty * xy) / determinant, (yty * xx - xty * xy) / determinant)
    self.init(
      a: a, b: b, c: tx / count - a * center.x - b * center.y, d: d, e: e, f: ty / count - d * center.x - e * center.y)
  }
}

/// The four ways a sheet can lie in a scanner.
enum QuarterTurn: Int, CaseIterable, Sendable {
  case none
  case once
  case twice
  case thrice

  /// Returns a box of the page as it stands after the page was turned to the left.
  func turned(_ box: PageBox, onPageOf width: Double, _ height: Double) -> PageBox {
    switch self {
    case .none: box
    case .once: PageBox(left: box.top, top: width - box.right, right: box.bottom, bottom: width - box.left)
    case .twice:
      PageBox(left: width - box.right, top: height - box.bottom, right: width - box.left, bottom: height - box.top)
    case .thrice: PageBox(left: height - box.bottom, top: box.left, right: height - box.top, bottom: box.right)
    }
  }

  /// The turn that undoes this one.
  var back: QuarterTurn { QuarterTurn(rawValue: (4 - rawValue) % 4) ?? .none }

  /// The size of the page after the turn.
  func size(_ width: Double, _ height: Double) -> (width: Double, height: Double) {
    self == .once || self == .thrice ? (height, width) : (width, height)
  }
}
