internal import ClaimsDomain

extension X12Segment {
  /// C003. A lone component is the code itself, its qualifier left out.
  func procedure(_ element: Int) -> ProcedureCode? {
    let count = componentCount(element)
    guard let code = text(element, component: count == 1 ? 1 : 2) else { return nil }
    let qualifier = count == 1 ? nil : text(element, component: 1)
    let modifiers = (3...6).compactMap { text(element, component: $0) }
    return ProcedureCode(qualifier: qualifier ?? "HC", code: code, modifiers: modifiers)
  }
}
