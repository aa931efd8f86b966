using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.MatMulNBits: x·Wᵀ with W quantised to few bits in blocks along K, one scale per row and block. Rows of W (n) leave one
/// by one, columns in whole blocks (b), unless zero points share bytes or an order of columns is given. The codes are integers that
/// keep their values in the masked model: zero scales make them zero.
/// </summary>
internal sealed class MatMulNBits : Operator
{
    private const int Codes = 1, Scales = 2, ZeroPoints = 3, Order = 4, Bias = 5;

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (!x[^1].Same(Size.Of(c.Node.Int("K", 0))) && x[^1].IsKnown) c.Infeasible($"{x[^1]} features");
        c.Output([.. x[..^1], Size.Of(c.Node.Int("N", 0))]);
    }

    public override void Couple(CouplingContext c)
    {
        var (x, codes) = (c.Input(0), c.Input(Codes));
        var (rows, blocks) = (codes[0], codes[1]);
        c.Pin(codes.Skip(2), "elements share bytes");
        long block = c.Node.Int("block_size", 0);
        bool whole = (c.SizeOf(blocks) * Size.Of(block)).Same(c.SizeOf(x[^1])) && !c.Has(Order);
        if (whole) c.Unify(x[^1], c.Product(blocks, c.Fixed(Size.Of(block))));
        else c.Pin([x[^1], blocks], c.Has(Order) ? "columns are in an order of their own" : "the last block is not full");
        Parameters(c, Scales, rows, blocks);
        if (c.Has(ZeroPoints)) Parameters(c, ZeroPoints, rows, blocks);
        if (c.Has(Order)) c.Pin(c.Input(Order), "columns are in an order of their own");
        if (c.Has(Bias)) c.Unify(c.Input(Bias)[0], rows);
        c.Output(0, [.. x.SkipLast(1), rows]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        var scales = c.Input(Scales);
        c.Contract(c.Layout(0)[^1], c.Input(0)[^1] || scales[^1], "sums over features that are not zero");
        c.Output(0, [.. c.Input(0).SkipLast(1).Select(bit => bit && !c.Has(Bias)), scales[0] && (!c.Has(Bias) || c.Input(Bias)[0])]);
    }

    public override LinearView? LinearOf(Node node) => new()
    {
        Weights = Codes,
        Bias = Bias,
        OutputsAxis = 0,
        InputsAxis = 1,
        ChannelAxis = -1,
        Packed = new((int)node.Int("K", 0), (int)node.Int("N", 0), Scales),
    };

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Append(c.Input(0)[^1]));

    public override void Adjust(AdjustContext c)
    {
        c.SetAttribute("K", c.KeptInput(0)[^1].Value);
        c.SetAttribute("N", c.KeptOutput(0)[^1].Value);
    }

    // One parameter per row and block, in one axis or two; zero points may be packed, several blocks to a byte.
    private static void Parameters(CouplingContext c, int input, Term rows, Term blocks)
    {
        var layout = c.Input(input);
        var perRow = layout.Count > 1 ? c.SizeOf(layout[1]) : c.SizeOf(layout[0]) / c.SizeOf(rows);
        bool packed = !perRow.Same(c.SizeOf(blocks));
        if (packed) c.Pin(blocks, "zero points share bytes");
        var inner = packed ? c.Fixed(perRow) : blocks;
        if (layout.Count == 1) c.Unify(layout[0], c.Product(rows, inner));
        else
        {
            c.Unify(layout[0], rows);
            c.Unify(layout[1], inner);
        }
    }
}
