/// The effects whose keys the store looks for itself: the second part of `idemp:elig:…`.
package enum EffectName {
  package static let eligibility = "elig"
  package static let void = "void"
  package static let `return` = "return"
}
