using System.Buffers.Binary;
using Google.Protobuf;

namespace OnnxPrune.Model;

/// <summary>
/// Reads a ModelProto without copying its weights: the wire format is walked once, every large <c>raw_data</c> is replaced by a
/// short marker, the remaining skeleton is parsed by Google.Protobuf, and the markers are then exchanged for slices of the source.
/// </summary>
internal sealed class SkeletonReader
{
    private const int SmallestMapped = 4096;
    private const int MarkerLength = 24;

    // For each message kind, the fields that lead to a TensorProto. Field numbers of onnx.proto.
    private static readonly Dictionary<(Message, int), Message> Path = new()
    {
        [(Message.Model, 7)] = Message.Graph,
        [(Message.Model, 25)] = Message.Function,
        [(Message.Graph, 1)] = Message.Node,
        [(Message.Graph, 5)] = Message.Tensor,
        [(Message.Function, 7)] = Message.Node,
        [(Message.Node, 5)] = Message.Attribute,
        [(Message.Attribute, 5)] = Message.Tensor,
        [(Message.Attribute, 6)] = Message.Graph,
        [(Message.Attribute, 10)] = Message.Tensor,
        [(Message.Attribute, 11)] = Message.Graph,
    };

    private readonly Func<long, int, ReadOnlyMemory<byte>> slice;
    private readonly byte[] stamp = Guid.NewGuid().ToByteArray();
    private readonly List<(long Offset, int Length)> cut = [];

    private SkeletonReader(Func<long, int, ReadOnlyMemory<byte>> slice) => this.slice = slice;

    private enum Message
    {
        Model,
        Graph,
        Function,
        Node,
        Attribute,
        Tensor,
    }

    /// <summary>Parses the <paramref name="length"/> bytes that <paramref name="slice"/> gives access to by offset and length.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a ModelProto.</exception>
    public static Onnx.ModelProto Read(Func<long, int, ReadOnlyMemory<byte>> slice, int length)
    {
        var reader = new SkeletonReader(slice);
        using var skeleton = new MemoryStream();
        reader.Strip(Message.Model, slice(0, length).Span, 0, skeleton, depth: 0);
        var model = Onnx.ModelProto.Parser.ParseFrom(skeleton.GetBuffer().AsSpan(0, (int)skeleton.Length));
        foreach (var tensor in TensorWalk.All(model)) reader.Restore(tensor);
        return model;
    }

    private void Strip(Message kind, ReadOnlySpan<byte> source, long position, MemoryStream skeleton, int depth)
    {
        if (depth > 64) throw new InvalidDataException("messages nest deeper than 64 levels");
        int at = 0;
        while (at < source.Length)
        {
            int start = at;
            ulong tag = Varint(source, ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0: Varint(source, ref at); break;
                case 1: Skip(source, ref at, 8); break;
                case 5: Skip(source, ref at, 4); break;
                case 2:
                    int length = Length(source, ref at);
                    StripField(kind, field, source.Slice(at, length), position + at, skeleton, source[start..at], depth);
                    at += length;
                    continue;
                default: throw new InvalidDataException($"unexpected wire type {tag & 7}");
            }
            skeleton.Write(source[start..at]);
        }
    }

    private void StripField(
        Message kind, int field, ReadOnlySpan<byte> content, long position, MemoryStream skeleton, ReadOnlySpan<byte> header, int depth)
    {
        if (kind == Message.Tensor && field == 9 && content.Length >= SmallestMapped)
        {
            WriteHeader(skeleton, field, MarkerLength);
            skeleton.Write(stamp);
            Span<byte> index = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(index, cut.Count);
            skeleton.Write(index);
            cut.Add((position, content.Length));
        }
        else if (content.Length >= SmallestMapped && Path.TryGetValue((kind, field), out var inner))
        {
            using var nested = new MemoryStream();
            Strip(inner, content, position, nested, depth + 1);
            WriteHeader(skeleton, field, (int)nested.Length);
            nested.WriteTo(skeleton);
        }
        else
        {
            skeleton.Write(header);
            skeleton.Write(content);
        }
    }

    private void Restore(Onnx.TensorProto tensor)
    {
        var raw = tensor.RawData.Span;
        if (raw.Length != MarkerLength || !raw[..16].SequenceEqual(stamp)) return;
        var (offset, length) = cut[(int)BinaryPrimitives.ReadInt64LittleEndian(raw[16..])];
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(slice(offset, length));
    }

    private static void WriteHeader(MemoryStream skeleton, int field, int length)
    {
        WriteVarint(skeleton, ((ulong)field << 3) | 2);
        WriteVarint(skeleton, (ulong)length);
    }

    private static void WriteVarint(MemoryStream skeleton, ulong value)
    {
        for (; value >= 0x80; value >>= 7) skeleton.WriteByte((byte)(value | 0x80));
        skeleton.WriteByte((byte)value);
    }

    private static ulong Varint(ReadOnlySpan<byte> source, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= source.Length) throw new InvalidDataException("the file ends inside a number");
            byte next = source[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("a number is longer than ten bytes");
    }

    private static int Length(ReadOnlySpan<byte> source, ref int at)
    {
        ulong length = Varint(source, ref at);
        if (length > (ulong)(source.Length - at)) throw new InvalidDataException("a field reaches past the end of the file");
        return (int)length;
    }

    private static void Skip(ReadOnlySpan<byte> source, ref int at, int count)
    {
        if (count > source.Length - at) throw new InvalidDataException("a field reaches past the end of the file");
        at += count;
    }
}
