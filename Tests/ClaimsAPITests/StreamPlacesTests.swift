import Testing

@testable import ClaimsAPI

@Suite("Places for event streams")
struct StreamPlacesTests {
  private static func caller(_ name: String) -> Caller { Caller(name: name, roles: [.submitter]) }

  @Test("leave some to others, whatever one caller takes", arguments: [4, 5, 100])
  func shared(limit: Int) {
    let places = StreamPlaces(limit)
    var greedy = (1...limit).compactMap { _ in places.take(for: Self.caller("greedy")) }
    #expect(greedy.count == limit - limit / 4)
    let others = (1...limit).compactMap { places.take(for: Self.caller("other \($0)")) }
    #expect(others.count == limit / 4)
    greedy.removeLast()
    #expect(places.take(for: Self.caller("late")) != nil, "a place that is given back is free for anybody")
    #expect(others.count == limit / 4)
  }

  @Test("that are few are for whoever comes", arguments: 0...3)
  func few(limit: Int) {
    let places = StreamPlaces(limit)
    let taken = (1...5).compactMap { _ in places.take(for: Self.caller("one")) }
    #expect(taken.count == limit)
  }
}
