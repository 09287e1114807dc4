import ClaimsApp
import Testing

@Suite("The number of claims to take at once")
struct BatchSizeTests {
  @Test("grows to its limit while batches are quick, and shrinks to the other when they are slow")
  func adaptive() {
    var size = BatchSize(200, within: 10...1_000)
    let grown = (1...4).map { _ in
      size.adapt(to: .milliseconds(100), for: size.count)
      return size.count
    }
    #expect(grown == [400, 800, 1_000, 1_000])
    let shrunk = (1...8).map { _ in
      size.adapt(to: .seconds(3), for: size.count)
      return size.count
    }
    #expect(shrunk == [500, 250, 125, 62, 31, 15, 10, 10])
  }

  @Test("stays as it is while batches are neither, and while there are too few claims to fill one")
  func steady() {
    var size = BatchSize(200, within: 10...1_000)
    size.adapt(to: .seconds(1), for: 200)
    #expect(size.count == 200)
    size.adapt(to: .milliseconds(1), for: 199)
    #expect(size.count == 200)
  }

  @Test("does not change if the user has chosen it")
  func fixed() {
    var size = BatchSize.fixed(40)
    size.adapt(to: .milliseconds(1), for: 40)
    size.adapt(to: .seconds(9), for: 40)
    #expect(size.count == 40)
  }
}
