using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// Shapes of operators that are not pruned, so that what is behind them has shapes. Sizes that depend on data are unknown. The type of a sequence of
/// tensors is that of its elements, with unknown sizes where elements differ.
/// </summary>
internal static class PinnedShapes
{
    /// <summary>The shape and the type of the first input.</summary>
    public static void Same(ShapeContext c) => c.Output(c.Shape(0));

    /// <summary>Optional: the shape of what it holds, if it holds something.</summary>
    public static void Wrapped(ShapeContext c)
    {
        if (c.Has(0)) Same(c);
    }

    /// <summary>The shape of the first input, with floats or the type that an attribute names.</summary>
    public static void Like(ShapeContext c) =>
        c.Output(0, c.Node.Int("dtype", 0) is not 0 and var type ? (ElementType)type : c.Input(0).Type, c.Shape(0));

    /// <summary>A random tensor of the shape in an attribute.</summary>
    public static void Stated(ShapeContext c) =>
        c.Output(0, (ElementType)c.Node.Int("dtype", (long)ElementType.Float), (c.Node.Ints("shape") ?? []).Select(Size.Of).ToArray());

    /// <summary>NonZero: the positions of some elements, a row for each axis.</summary>
    public static void NonZero(ShapeContext c) => c.Output(0, ElementType.Int64, [Size.Of(c.Shape(0).Count), Size.Unknown]);

    /// <summary>NonMaxSuppression: batch, class and box of some boxes.</summary>
    public static void SelectedBoxes(ShapeContext c) => c.Output(0, ElementType.Int64, [Size.Unknown, Size.Of(3)]);

    /// <summary>ImageDecoder: rows, columns and colours.</summary>
    public static void Image(ShapeContext c) =>
        c.Output(0, ElementType.Uint8, [Size.Unknown, Size.Unknown, c.Node.Text("pixel_format", "RGB") == "Grayscale" ? Size.One : Size.Of(3)]);

    /// <summary>StringNormalizer: the words that are no stop words, in the shape [C] or [1, C].</summary>
    public static void Words(ShapeContext c) => c.Output([.. c.Shape(0)[..^1], Size.Unknown]);

    /// <summary>StringConcat: the shape that its inputs broadcast to.</summary>
    public static void Joint(ShapeContext c) => c.Output(Broadcasting.Of(c.Shape(0), c.Shape(1)));

    /// <summary>RegexFullMatch: a truth value for each string.</summary>
    public static void Matches(ShapeContext c) => c.Output(0, ElementType.Bool, c.Shape(0));

    /// <summary>TfIdfVectorizer: a number for each column that an n-gram has, in the shape [K] or [N, K].</summary>
    public static void Terms(ShapeContext c)
    {
        var columns = c.Node.Ints("ngram_indexes") is { Length: > 0 } indices ? Size.Of(indices.Max() + 1) : Size.Unknown;
        c.Output(0, ElementType.Float, [.. c.Shape(0)[..^1], columns]);
    }

    /// <summary>Compress: some indices of an axis, or some elements of all axes.</summary>
    public static void Compress(ShapeContext c) => c.Output(Some(c));

    /// <summary>Unique: some indices of an axis or some elements, and for each its positions and its count.</summary>
    public static void Unique(ShapeContext c)
    {
        c.Output(Some(c));
        for (int output = 1; output < 4; output++) c.Output(output, ElementType.Int64, [Size.Unknown]);
    }

    /// <summary>SplitToSequence: pieces of an axis.</summary>
    public static void Pieces(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        if (!c.Has(1) && c.Node.Int("keepdims", 1) == 0) c.Output([.. x[..axis], .. x[(axis + 1)..]]);
        else c.Output([.. x[..axis], c.Has(1) ? Piece(c.Constants(1), x[axis]) : Size.One, .. x[(axis + 1)..]]);
    }

    /// <summary>SequenceConstruct: tensors that may differ in their sizes.</summary>
    public static void Elements(ShapeContext c)
    {
        var shapes = Enumerable.Range(0, c.Node.Inputs.Length).Select(i => (Size[])c.Shape(i)).ToList();
        if (shapes.Count > 0 && shapes.TrueForAll(s => s.Length == shapes[0].Length)) c.Output(shapes.Aggregate(Common));
    }

    /// <summary>SequenceInsert: one more tensor.</summary>
    public static void Inserted(ShapeContext c)
    {
        if (c.Shape(0).Length == c.Shape(1).Length) c.Output(Common(c.Shape(0), c.Shape(1)));
    }

    /// <summary>ConcatFromSequence: all elements along an axis, which may be a new one.</summary>
    public static void Joined(ShapeContext c)
    {
        var x = c.Shape(0);
        bool isNew = c.Node.Int("new_axis", 0) != 0;
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count + (isNew ? 1 : 0));
        c.Output([.. x[..axis], Size.Unknown, .. x[(isNew ? axis : axis + 1)..]]);
    }

    /// <summary>SequenceLength and OptionalHasElement: a scalar.</summary>
    public static Action<ShapeContext> Scalar(ElementType type) => c => c.Output(0, type, []);

    private static Size[] Some(ShapeContext c)
    {
        if (c.Node.Attribute("axis") is null) return [Size.Unknown];
        Size[] shape = [.. c.Shape(0)];
        shape[ShapeContext.Axis(c.Node.Int("axis", 0), shape.Length)] = Size.Unknown;
        return shape;
    }

    // One number is the size of all pieces but the last, several are the sizes of the pieces.
    private static Size Piece(long[]? split, Size whole)
    {
        if (split is not { Length: > 0 } || split.Any(size => size != split[0])) return Size.Unknown;
        return split.Length > 1 || Size.Of(split[0]).Divides(whole) ? Size.Of(split[0]) : Size.Unknown;
    }

    private static Size[] Common(Size[] a, Size[] b) => [.. a.Zip(b, (x, y) => x.Same(y) ? x : Size.Unknown)];
}
