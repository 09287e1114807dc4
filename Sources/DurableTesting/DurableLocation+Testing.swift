public import DurableExecution

extension DurableLocation {
  /// Returns the same store with a clock that a test controls. Leases and expiry follow it.
  public func with(_ clock: ManualClock) -> DurableLocation {
    changed { $0.clock = { clock.now } }
  }

  /// Returns the same store with calls that fail according to a script.
  public func with(_ script: FaultScript) -> DurableLocation {
    changed { $0.probe = script.probe }
  }

  private func changed(_ change: (inout StoreSettings) -> Void) -> DurableLocation {
    var location = self
    change(&location.settings)
    return location
  }
}
