// FIT base types: size, sign, invalid value (FIT protocol, table "Base Types"), and reading one value of each.

const sizes: readonly (readonly [baseType: number, bytes: number])[] = [
  [0x00, 1], // enum
  [0x01, 1], // sint8
  [0x02, 1], // uint8
  [0x83, 2], // sint16
  [0x84, 2], // uint16
  [0x85, 4], // sint32
  [0x86, 4], // uint32
  [0x07, 1], // string
  [0x88, 4], // float32
  [0x89, 8], // float64
  [0x0a, 1], // uint8z
  [0x8b, 2], // uint16z
  [0x8c, 4], // uint32z
  [0x0d, 1], // byte
  [0x8e, 8], // sint64
  [0x8f, 8], // uint64
  [0x90, 8], // uint64z
]
/** The types that nearly all files use for what is read in long loops. */
export const UINT8 = 0x02
export const UINT16 = 0x84
export const UINT32 = 0x86

const sizeOf = new Uint8Array(256)
for (const [baseType, bytes] of sizes) sizeOf[baseType] = sizeOf[baseType & 0x7f] = bytes

/** Bytes of one value; 0 for a type that the protocol does not know. Some writers leave out bit 7: it is ignored. */
export const baseTypeSize = (baseType: number): number => sizeOf[baseType]

/** One value at `at`; NaN for the type's invalid value and for types that hold no number. */
export function readBaseType(view: DataView, at: number, baseType: number, littleEndian: boolean): number {
  switch (baseType & 0x1f) {
    case 0x00:
    case 0x02:
    case 0x0d: {
      const value = view.getUint8(at)
      return value === 0xff ? Number.NaN : value
    }
    case 0x01: {
      const value = view.getInt8(at)
      return value === 0x7f ? Number.NaN : value
    }
    case 0x03: {
      const value = view.getInt16(at, littleEndian)
      return value === 0x7fff ? Number.NaN : value
    }
    case 0x04: {
      const value = view.getUint16(at, littleEndian)
      return value === 0xffff ? Number.NaN : value
    }
    case 0x05: {
      const value = view.getInt32(at, littleEndian)
      return value === 0x7fffffff ? Number.NaN : value
    }
    case 0x06: {
      const value = view.getUint32(at, littleEndian)
      return value === 0xffffffff ? Number.NaN : value
    }
    case 0x08:
      return view.getFloat32(at, littleEndian)
    case 0x09:
      return view.getFloat64(at, littleEndian)
    case 0x0a:
      return view.getUint8(at) || Number.NaN
    case 0x0b:
      return view.getUint16(at, littleEndian) || Number.NaN
    case 0x0c:
      return view.getUint32(at, littleEndian) || Number.NaN
    default:
      return Number.NaN
  }
}
