using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>
/// Tensors that are added to attention scores to mask positions. Their size is the square of the sequence length, and they are not trained,
/// so they do not count as weights.
/// </summary>
internal static class AttentionMask
{
    // Exporters write the lowest value of a type, −65504 for half precision, −1e9, −10000 or −∞: e^-10000 is zero in all of them.
    private const double Closed = -1e4;

    /// <summary>True when every element is 0 or closed, with some of both. Reading stops at the first other element.</summary>
    public static bool Is(TensorProto tensor)
    {
        int first = tensor.RawData.Span.IndexOfAnyExcept((byte)0);
        if (first < 0) return false;
        int start = first * 8 / ElementTypes.Bits(Tensors.TypeOf(tensor));
        bool open = start > 0, closed = false;
        for (int i = start; i < Tensors.Count(tensor); i++)
        {
            double value = Tensors.At(tensor, i);
            open |= value == 0;
            closed |= value <= Closed;
            if (value != 0 && !(value <= Closed)) return false;
        }
        return open && closed;
    }
}
