using System.Buffers.Binary;

namespace OnnxPrune.Runtime.Data;

/// <summary>The elements of an array in their stored form, read one by one as doubles.</summary>
/// <param name="Kind">The NumPy type code: <c>f4</c>, <c>f8</c>, <c>f2</c>, <c>u1</c>, <c>i8</c> and so on.</param>
/// <param name="Data">The bytes, little-endian.</param>
internal sealed record NumpyElements(string Kind, byte[] Data)
{
    /// <summary>Bytes of one element, or 0 where the type is not supported.</summary>
    public static int Width(string kind) => kind switch
    {
        "f8" or "i8" or "u8" => 8,
        "f4" or "i4" or "u4" => 4,
        "f2" or "i2" or "u2" => 2,
        "i1" or "u1" or "b1" => 1,
        _ => 0,
    };

    /// <summary>Element <paramref name="i"/>.</summary>
    public double this[int i] => Kind switch
    {
        "f8" => BinaryPrimitives.ReadDoubleLittleEndian(Data.AsSpan(i * 8)),
        "f4" => BinaryPrimitives.ReadSingleLittleEndian(Data.AsSpan(i * 4)),
        "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(Data.AsSpan(i * 2)),
        "i8" => BinaryPrimitives.ReadInt64LittleEndian(Data.AsSpan(i * 8)),
        "u8" => BinaryPrimitives.ReadUInt64LittleEndian(Data.AsSpan(i * 8)),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(Data.AsSpan(i * 4)),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(Data.AsSpan(i * 4)),
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(Data.AsSpan(i * 2)),
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(Data.AsSpan(i * 2)),
        "i1" => (sbyte)Data[i],
        _ => Data[i],
    };
}
