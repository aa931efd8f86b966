namespace OnnxPrune.Model;

/// <summary>Elements of two or four bits, stored from the low bits of each byte up, without regard to rows (onnx.proto, TensorProto).</summary>
internal static class PackedElements
{
    /// <summary>The bits of element <paramref name="i"/>.</summary>
    public static int Get(ReadOnlySpan<byte> raw, int bits, long i) => (raw[(int)(i * bits / 8)] >> (int)(i * bits % 8)) & ((1 << bits) - 1);

    /// <summary>Sets the bits of element <paramref name="i"/>.</summary>
    public static void Set(Span<byte> raw, int bits, long i, int value)
    {
        int shift = (int)(i * bits % 8), mask = ((1 << bits) - 1) << shift;
        ref byte target = ref raw[(int)(i * bits / 8)];
        target = (byte)((target & ~mask) | ((value << shift) & mask));
    }

    /// <summary>One byte per element.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> raw, int bits, long count)
    {
        var elements = new byte[count];
        for (int i = 0; i < elements.Length; i++) elements[i] = (byte)Get(raw, bits, i);
        return elements;
    }

    /// <summary>The inverse of <see cref="Unpack"/>.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> elements, int bits)
    {
        var raw = new byte[(((long)elements.Length * bits) + 7) / 8];
        for (int i = 0; i < elements.Length; i++) Set(raw, bits, i, elements[i]);
        return raw;
    }
}
