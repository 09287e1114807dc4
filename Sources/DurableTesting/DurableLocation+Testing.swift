public import DurableExecution

extension DurableLocation {
  /// The same store with a clock that a test moves. Leases and expiry go by it.
  public func with(_ clock: ManualClock) -> DurableLocation {
    changed { $0.clock = { clock.now } }
  }

  /// The same store with calls that fail by a script.
  public func with(_ script: FaultScript) -> DurableLocation {
    changed { $0.probe = script.probe }
  }

  private func changed(_ change: (inout StoreSettings) -> Void) -> DurableLocation {
    var location = self
    change(&location.settings)
    return location
  }
}
