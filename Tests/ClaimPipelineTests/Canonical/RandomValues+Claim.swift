import ClaimsDomain

extension RandomValues {
  mutating func claim() -> SubmittedClaim {
    var claim = SubmittedClaim(
      kind: one(of: ClaimKind.allCases), claimNumber: id(), payer: Payer(id: id(), name: text()),
      payerSequence: sequence(), frequency: ClaimFrequency(text()), facilityCode: text(), charge: money(),
      billingProvider: provider(), subscriber: subscriber(), patient: patient(), diagnoses: list { $0.text() },
      lines: list { $0.line() }, digest: text())
    claim.payerControlNumber = maybe { $0.text() }
    claim.priorAuthorization = maybe { $0.text() }
    claim.purpose = maybe { $0.one(of: ClaimPurpose.allCases) }
    claim.isTest = maybe { $0.flag() }
    claim.assignsBenefits = maybe { $0.flag() }
    claim.relatedCauses = maybe { $0.list { $0.text() } }
    claim.earlierPayer = maybe { $0.text() }
    claim.stay = maybe { $0.stay() }
    claim.acceptedInFull = maybe { $0.money() }
    claim.sharesCareAfter = maybe { $0.flag() }
    claim.renderingProvider = maybe { $0.provider() }
    claim.statementDates = maybe { $0.days() }
    claim.otherPayers = maybe { $0.list { $0.otherPayer() } }
    claim.revision = maybe { $0.revision() }
    claim.sender = maybe { ClaimSender(identifier: $0.text(), application: $0.text(), isProduction: $0.flag()) }
    return claim
  }

  private mutating func line() -> ServiceLine {
    var line = ServiceLine(
      number: number(-9...9_999), procedure: maybe { $0.procedure() }, charge: money(), units: units(),
      placeOfService: text(), serviceDates: maybe { $0.days() }, diagnosisPointers: list { $0.number(1...12) })
    line.revenueCode = maybe { $0.text() }
    line.basis = maybe { $0.one(of: UnitsBasis.allCases) }
    line.nonCovered = maybe { $0.money() }
    line.acceptedInFull = maybe { $0.money() }
    line.renderingProvider = maybe { $0.provider() }
    line.controlNumber = maybe { $0.text() }
    line.otherPayers = maybe { $0.list { $0.otherPayerLine() } }
    return line
  }

  private mutating func procedure() -> ProcedureCode {
    ProcedureCode(qualifier: text(), code: text(), modifiers: list { $0.text() })
  }

  private mutating func stay() -> FacilityStay {
    var stay = FacilityStay()
    stay.patientStatus = maybe { $0.text() }
    stay.coveredDays = maybe { $0.number(0...400) }
    stay.noncoveredDays = maybe { $0.number(0...400) }
    stay.hasNoncoveredSpan = maybe { $0.flag() }
    stay.isForDenial = maybe { $0.flag() }
    return stay
  }

  // MARK: The parties

  private mutating func provider() -> Provider {
    Provider(
      name: text(), npi: maybe { $0.text() }, taxID: maybe { $0.text() }, address: maybe { $0.address() })
  }

  private mutating func address() -> Address {
    Address(lines: list { $0.text() }, city: text(), state: text(), postalCode: text())
  }

  private mutating func subscriber() -> Subscriber {
    Subscriber(
      memberID: id(), name: personName(), birthDate: maybe { $0.day() }, groupNumber: maybe { $0.text() },
      address: maybe { $0.address() })
  }

  private mutating func patient() -> Patient {
    guard flag() else { return .subscriber }
    return .dependent(
      Dependent(
        relationship: text(), name: personName(), birthDate: maybe { $0.day() }, address: maybe { $0.address() }))
  }

  private mutating func sequence() -> PayerSequence {
    one(of: [.primary, .secondary, .tertiary, .fourth, .fifth, .tenth, .eleventh, .other])
  }

  private mutating func otherPayer() -> OtherPayer {
    OtherPayer(
      id: id(), sequence: sequence(), paid: maybe { $0.money() }, adjustments: list { $0.otherPayerAdjustment() },
      decidedOn: maybe { $0.day() })
  }

  private mutating func otherPayerLine() -> OtherPayerLine {
    OtherPayerLine(payer: id(), paid: money(), adjustments: list { $0.otherPayerAdjustment() })
  }

  private mutating func otherPayerAdjustment() -> OtherPayerAdjustment {
    OtherPayerAdjustment(group: text(), reason: text(), amount: money())
  }

  // MARK: The revision

  private mutating func revision() -> ClaimRevision {
    var revision = ClaimRevision(
      replaces: id(), alsoReplaces: list { $0.id() }, cause: one(of: ClaimRevision.Cause.allCases), ruleset: id(),
      waived: list { $0.one(of: [.rule(.timelyFiling), .wait(.liability), .priorClaim]) })
    revision.denial = maybe { values in
      ChosenDenial(
        group: values.one(of: AdjustmentGroup.allCases), reason: values.text(), remark: values.maybe { $0.text() })
    }
    revision.prices = maybe { $0.list { ChosenPrice(line: $0.number(1...99), amount: $0.money()) } }
    revision.otherPayers = maybe { $0.list { $0.enteredPayer() } }
    revision.turn = maybe { $0.sequence() }
    revision.document = maybe { $0.text() }
    revision.prior = maybe { $0.id() }
    revision.compared = maybe { $0.list { $0.id() } }
    return revision
  }

  private mutating func enteredPayer() -> EnteredPayer {
    EnteredPayer(
      id: id(), sequence: sequence(),
      result: maybe { EnteredPayer.Result(paid: $0.money(), patientOwes: $0.money()) })
  }
}
