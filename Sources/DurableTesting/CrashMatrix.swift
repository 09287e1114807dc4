public import DurableExecution

/// Runs a scenario repeatedly, each time with a fault at another call, and lets later processes finish it.
///
/// The first run has no fault: it counts the calls. Every other run begins in a new world, and one of its calls fails
/// in one of the three ways of `FaultScript.Fault`. After a crash, another process opens the store, once the leases of
/// the dead one have ended, and runs the scenario again.
///
/// ```swift
/// let runs = try await CrashMatrix { Shop() } location: { .sqlite($0.path) }.run { shop, durable, script in
///   try await shop.fulfill(order, by: durable, script)
/// } check: { shop, point in
///   #expect(shop.boxes == 1, "\(point)")
/// }
/// ```
public struct CrashMatrix<World: Sendable>: Sendable {
  private let world: @Sendable () async throws -> World
  private let location: @Sendable (World) throws -> DurableLocation
  /// Longer than a run takes on any machine: the clock of this process ends a lease too.
  private let lease = Duration.seconds(3_600)

  /// The call and the fault of one run.
  public struct Point: Sendable, CustomStringConvertible {
    /// The number of the call, from 1; 0 in the run without a fault.
    public let number: Int
    /// The name of the call.
    public let call: String
    /// The fault; nil in the run without a fault.
    public let fault: FaultScript.Fault?

    public var description: String { fault.map { "\($0) at call \(number), \(call)" } ?? "no fault" }
  }

  /// A scenario that did not finish, although later processes were free to finish it.
  public struct Unfinished: Error, CustomStringConvertible {
    public let point: Point
    /// The error of the last process.
    public let error: String

    public var description: String { "\(point): the scenario did not end: \(error)" }
  }

  /// - Parameters:
  ///   - world: creates everything that a run needs besides its store, such as a stand-in for another system.
  ///   - location: the location of an empty store for a world.
  public init(
    _ world: @escaping @Sendable () async throws -> World,
    location: @escaping @Sendable (World) throws -> DurableLocation
  ) {
    (self.world, self.location) = (world, location)
  }

  /// - Parameters:
  ///   - scenario: the work of a process. Use `FaultScript.call` for calls to other systems, so that they fail too.
  ///   - check: examines a world whose scenario has finished.
  /// - Returns: the number of runs in which the fault occurred.
  /// - Throws: any error from `check`; `Unfinished`; `StoreFailure` if a store cannot be opened.
  @discardableResult
  public func run(
    _ scenario: @escaping @Sendable (World, Durable, FaultScript) async throws -> Void,
    check: @escaping @Sendable (World, Point) async throws -> Void
  ) async throws -> Int {
    let calls = try await run(Point(number: 0, call: "", fault: nil), scenario, check).calls
    var fired = 0
    for (index, call) in calls.enumerated() {
      for fault in FaultScript.Fault.allCases {
        let point = Point(number: index + 1, call: call, fault: fault)
        if try await run(point, scenario, check).hasFired(point.number) { fired += 1 }
      }
    }
    return fired
  }

  private func run(
    _ point: Point, _ scenario: @escaping @Sendable (World, Durable, FaultScript) async throws -> Void,
    _ check: @escaping @Sendable (World, Point) async throws -> Void
  ) async throws -> FaultScript {
    let (world, clock) = (try await world(), ManualClock())
    let script = FaultScript(point.fault.map { [point.number: $0] } ?? [:])
    let location = try location(world).with(clock).with(script)
    var last = ""
    for _ in 1...6 {
      do {
        let durable = try await Durable(
          location, lease: lease, retry: RetryPolicy(initialInterval: .milliseconds(1), maximumAttempts: 2))
        try await scenario(world, durable, script)
        try await check(world, point)
        return script
      } catch let error where Self.isFault(error) {
        last = "\(error)"
      }
      script.revive()
      clock.advance(by: lease * 3)
    }
    throw Unfinished(point: point, error: last)
  }

  /// Whether the next process may continue: an outcome is unknown, or the process died.
  private static func isFault(_ error: any Error) -> Bool {
    switch error {
    case is FaultScript.Crash, is StoreFailure, EffectError.inProgress: true
    default: false
    }
  }
}
