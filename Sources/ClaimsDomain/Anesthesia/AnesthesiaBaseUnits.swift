/// The base units of the anesthesia codes, as CMS publishes them for a year.
package typealias AnesthesiaBaseUnits = [String: Int]
