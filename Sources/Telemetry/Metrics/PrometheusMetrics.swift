package import Metrics
import Synchronization

/// Keeps what is reported through swift-metrics in this process, by our own code and by libraries, until Prometheus asks
/// for it.
///
/// A label becomes the name of a metric, and its dimensions become labels. Of instruments of several kinds with one label,
/// only those of the first kind are shown.
package final class PrometheusMetrics: MetricsFactory {
  private struct Family {
    let kind: MetricsText.Kind
    var instruments: [[String]: Entry] = [:]
  }

  private struct Entry {
    let dimensions: [(name: String, value: String)]
    let instrument: any Instrument
  }

  private let families = Mutex<[String: Family]>([:])

  package init() {}

  /// Writes all metrics, by name.
  ///
  /// - Parameter help: what the metrics mean that are ours, by name.
  package func write(to page: inout MetricsText, help: [String: String]) {
    for (name, family) in families.withLock(\.self).sorted(by: { $0.key < $1.key }) {
      page.family(name, family.kind, help[name])
      for (_, entry) in family.instruments.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        entry.instrument.write(name, entry.dimensions, to: &page)
      }
    }
  }

  // MARK: MetricsFactory

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    instrument(label, dimensions, .counter, IntegerCount.init)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    instrument(label, dimensions, .counter, DecimalCount.init)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    instrument(label, dimensions, .gauge, Level.init)
  }

  package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    if aggregate { return instrument(label, dimensions, .summary, Sizes.init) }
    return instrument(label, dimensions, .gauge, Level.init)
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    instrument(label, dimensions, .histogram, Durations.init)
  }

  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  /// Returns the instrument with this label and these dimensions; a new one if there is none.
  private func instrument<Made: Instrument>(
    _ label: String, _ dimensions: [(String, String)], _ kind: MetricsText.Kind, _ make: () -> Made
  ) -> Made {
    let name = Self.name(label)
    let key = dimensions.flatMap { [$0.0, $0.1] }
    return families.withLock { families in
      var family = families[name] ?? Family(kind: kind)
      if let known = family.instruments[key]?.instrument as? Made { return known }
      let made = make()
      if family.kind == kind, family.instruments[key] == nil {
        let dimensions = dimensions.map { (name: Self.name($0.0), value: $0.1) }
        family.instruments[key] = Entry(dimensions: dimensions, instrument: made)
        families[name] = family
      }
      return made
    }
  }

  private func remove(_ handler: AnyObject) {
    families.withLock { families in
      families = families.compactMapValues { family in
        var family = family
        family.instruments = family.instruments.filter { $0.value.instrument !== handler }
        return family.instruments.isEmpty ? nil : family
      }
    }
  }

  /// Returns a text as Prometheus allows it for a name.
  private static func name(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

/// One metric with its dimensions.
private protocol Instrument: AnyObject, Sendable {
  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText)
}

private final class IntegerCount: Instrument, CounterHandler {
  private let total = Atomic<Int64>(0)

  func increment(by amount: Int64) { total.add(amount, ordering: .relaxed) }

  func reset() { total.store(0, ordering: .relaxed) }

  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText) {
    page.sample(name, dimensions, total.load(ordering: .relaxed))
  }
}

private final class DecimalCount: Instrument, FloatingPointCounterHandler {
  private let total = Mutex(0.0)

  func increment(by amount: Double) { total.withLock { $0 += amount } }

  func reset() { total.withLock { $0 = 0 } }

  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText) {
    page.sample(name, dimensions, total.withLock(\.self))
  }
}

/// A value that goes up and down; the last one counts.
private final class Level: Instrument, MeterHandler, RecorderHandler {
  private let value = Mutex(0.0)

  func set(_ value: Int64) { set(Double(value)) }

  func set(_ value: Double) { self.value.withLock { $0 = value } }

  func increment(by amount: Double) { value.withLock { $0 += amount } }

  func decrement(by amount: Double) { value.withLock { $0 -= amount } }

  func record(_ value: Int64) { set(Double(value)) }

  func record(_ value: Double) { set(value) }

  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText) {
    page.sample(name, dimensions, value.withLock(\.self))
  }
}

/// The number and the sum of values.
private final class Sizes: Instrument, RecorderHandler {
  private let state = Mutex((count: 0, sum: 0.0))

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    state.withLock { state in
      state.count += 1
      state.sum += value
    }
  }

  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText) {
    let (count, sum) = state.withLock { $0 }
    page.sample("\(name)_sum", dimensions, sum)
    page.sample("\(name)_count", dimensions, count)
  }
}

private final class Durations: Instrument, TimerHandler {
  private let durations = Mutex(DurationHistogram())

  func recordNanoseconds(_ duration: Int64) { durations.withLock { $0.note(.nanoseconds(duration)) } }

  func write(_ name: String, _ dimensions: [(name: String, value: String)], to page: inout MetricsText) {
    page.histogram(name, dimensions, durations.withLock(\.self))
  }
}
