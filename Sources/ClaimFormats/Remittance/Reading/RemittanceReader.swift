import ClaimsDomain

/// Reads an 835 from any source, 5010 or 4010, with any delimiters, in memory that does not grow with the file. It
/// trusts and corrects nothing: what does not balance or cannot be read is reported as it is.
package struct RemittanceReader {
  private var tokenizer: X12Tokenizer
  private var segment = X12Segment()
  private var header: StatedCheckDraft?
  private var claim: StatedClaimDraft?
  private var isInTransaction = false
  private var claims = 0
  private var ready: [RemittanceItem] = []
  private var ended = false

  package init(_ source: any ClaimBytes) {
    tokenizer = X12Tokenizer(source)
  }

  /// Returns the next item, or nil at the end of the file.
  ///
  /// - Throws: `InputError` if the source cannot be read.
  package mutating func next() throws(InputError) -> RemittanceItem? {
    while ready.isEmpty, !ended {
      if try tokenizer.advance() {
        takeSegment()
      } else {
        ended = true
        close()
      }
    }
    // One segment gives at most three items.
    return ready.isEmpty ? nil : ready.removeFirst()
  }

  private mutating func takeSegment() {
    switch tokenizer.name {
    case "ISA", "GS", "SE", "GE", "IEA":
      close()
    case "ST":
      close()
      tokenizer.read(into: &segment)
      guard segment.code(1) == "835" else { return }
      isInTransaction = true
      claims = 0
      header = StatedCheckDraft(st: segment)
    default:
      guard isInTransaction else { return }
      tokenizer.read(into: &segment)
      takeOfTransaction()
    }
  }

  private mutating func takeOfTransaction() {
    switch segment.name {
    case "CLP":
      finishPart()
      claims += 1
      claim = StatedClaimDraft(clp: segment, ordinal: claims)
    case "LX", "TS3", "TS2":
      finishPart()
    case "PLB":
      finishPart()
      ready.append(.adjusted(StatedProviderAdjustments(plb: segment)))
    default:
      header?.take(segment)
      claim?.take(segment)
    }
  }

  private mutating func finishPart() {
    if let header { ready.append(.opened(header.finished)) }
    if let claim { ready.append(.claim(claim.finished)) }
    header = nil
    claim = nil
  }

  private mutating func close() {
    guard isInTransaction else { return }
    finishPart()
    ready.append(.closed)
    isInTransaction = false
  }
}

extension StatedProviderAdjustments {
  fileprivate init(plb segment: X12Segment) {
    self.init(segment: segment.number, provider: segment.brief(1), fiscalPeriodEnd: segment.day(2))
    if let flaw = segment.flaw { problems.append(StatedProblem(location: segment.location(), reason: flaw.reason)) }
    for start in stride(from: 3, through: max(3, segment.elementCount), by: 2) {
      guard segment.text(start) != nil || segment.text(start + 1) != nil else { continue }
      do throws(ClaimProblem) {
        adjustments.append(
          StatedProviderAdjustment(
            reason: segment.brief(start, component: 1) ?? "", reference: segment.brief(start, component: 2),
            amount: try segment.requiredAmount(start + 1)))
      } catch {
        problems.append(StatedProblem(location: error.location, reason: error.reason))
      }
    }
  }
}
