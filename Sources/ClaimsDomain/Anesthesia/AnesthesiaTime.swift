/// Time units: of fifteen minutes each, half up to a tenth (42 CFR 414.46(a)(3); Claims Processing Manual, chapter 12, section
/// 50.G).
struct AnesthesiaTime {
  let tenths: Int64

  static let none = AnesthesiaTime(tenths: 0)

  private init(tenths: Int64) {
    self.tenths = tenths
  }

  init(minutes: Units) {
    tenths = Rounding.halfUp.quotient(of: minutes.thousandths, by: 1_500)
  }
}

extension AnesthesiaTime: CustomStringConvertible {
  /// With its tenth: `3.0`.
  var description: String { "\(tenths / 10).\(tenths % 10)" }
}
