using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace OnnxPrune.Testing;

/// <summary>
/// Fills float32 initializers that have no data and whose doc_string says <c>normal STD MEAN</c> or <c>uniform LOW HIGH</c>.
/// The values depend on the initializer's name and doc_string alone.
/// </summary>
internal static class SeededFill
{
    /// <summary>Fills the initializers of the model's graph and of every subgraph.</summary>
    public static void Fill(ModelProto model) => Fill(model.Graph);

    /// <summary>Fills one initializer; one with data or without a distribution stays as it is.</summary>
    public static void Fill(TensorProto tensor)
    {
        if (HasData(tensor) || Distribution(tensor.DocString) is not { } distribution)
            return;
        float[] values = new float[tensor.Dims.Aggregate(1L, (count, dimension) => checked(count * dimension))];
        SplitMix64 random = new(SplitMix64.Seed(tensor.Name));
        if (distribution.IsNormal)
            FillNormal(values, random, distribution.First, distribution.Second);
        else
            FillUniform(values, random, distribution.First, distribution.Second);
        tensor.RawData = LittleEndian(values);
    }

    private static void Fill(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
            Fill(tensor);
        foreach (AttributeProto attribute in graph.Node.SelectMany(node => node.Attribute))
        {
            if (attribute.G is not null)
                Fill(attribute.G);
            foreach (GraphProto subgraph in attribute.Graphs)
                Fill(subgraph);
        }
    }

    private static bool HasData(TensorProto tensor) =>
        tensor.DataType != (int)ElementType.Float
        || tensor.DataLocation == TensorProto.Types.DataLocation.External
        || !tensor.RawData.IsEmpty
        || tensor.FloatData.Count > 0;

    private static (bool IsNormal, double First, double Second)? Distribution(string description)
    {
        string[] words = description.Split(' ');
        return words is ["normal" or "uniform", _, _]
            && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double first)
            && double.TryParse(words[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double second)
            ? (words[0] == "normal", first, second)
            : null;
    }

    private static void FillUniform(float[] values, SplitMix64 random, double low, double high)
    {
        for (int index = 0; index < values.Length; index++)
            values[index] = (float)(low + ((high - low) * random.Next()));
    }

    /// <summary>The Box-Muller transform: two uniform numbers give two elements.</summary>
    private static void FillNormal(float[] values, SplitMix64 random, double deviation, double mean)
    {
        for (int index = 0; index < values.Length; index += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.Next()));
            double angle = 2 * Math.PI * random.Next();
            values[index] = (float)(mean + (deviation * radius * Math.Cos(angle)));
            if (index + 1 < values.Length)
                values[index + 1] = (float)(mean + (deviation * radius * Math.Sin(angle)));
        }
    }

    private static ByteString LittleEndian(float[] values)
    {
        if (BitConverter.IsLittleEndian)
            return ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
        byte[] bytes = values.SelectMany(value => BitConverter.GetBytes(value).Reverse()).ToArray();
        return ByteString.CopyFrom(bytes);
    }
}
