internal import StrictText
internal import ClaimsDomain

extension X12Segment {
  /// C003; nil where its parts do not say which code it is. Codes compare without case, so they are read in capitals.
  func procedure(_ element: Int) -> ProcedureCode? {
    guard let qualifier = word(element, component: 1), let code = word(element, component: 2) else { return nil }
    return ProcedureCode(
      qualifier: qualifier, code: code, modifiers: (3...6).compactMap { word(element, component: $0) })
  }

  /// C004: positions in the claim's diagnoses, from 1.
  func diagnosisPointers(_ element: Int) throws(ClaimProblem) -> [Int] {
    var pointers: [Int] = []
    for component in 0..<componentCount(element) {
      let bytes = bytes(element, component: component + 1)
      guard !bytes.isEmpty else { continue }
      guard let pointer = bytes.decimal, (1...X12Limits.diagnosisPointer).contains(pointer) else {
        throw problem(element, component: component + 1, "it does not point to a diagnosis: they count from 1")
      }
      pointers.append(pointer)
    }
    return pointers
  }

  /// A code in capitals; nil when it is absent or blank.
  func word(_ element: Int) -> String? { text(element)?.capitals }

  func word(_ element: Int, component: Int) -> String? { text(element, component: component)?.capitals }

  /// What units count: nil for services (UN).
  func basis(_ element: Int) throws(ClaimProblem) -> UnitsBasis? {
    guard let word = word(element) else { throw problem(element, "the service line does not say what its units are") }
    if word == "UN" { return nil }
    guard let basis = UnitsBasis(rawValue: word) else {
      throw problem(element, "units of this kind are not known here")
    }
    return basis
  }
}
