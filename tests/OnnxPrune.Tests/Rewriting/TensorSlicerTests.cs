using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Rewriting;

/// <summary>Zeros at every index that some mask drops.</summary>
public class TensorSlicerTests
{
    private static readonly bool[] Middle = [true, false, true];

    [Fact]
    public void Rows_and_columns_are_zeroed()
    {
        var tensor = Tensors.Make("t", ElementType.Float, [3, 2], [1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 2, 0, 0, 5, 6], Tensors.Doubles(TensorSlicer.Zero(tensor, [Middle, null])));
        Assert.Equal([0, 2, 0, 0, 0, 6], Tensors.Doubles(TensorSlicer.Zero(tensor, [Middle, [false, true]])));
    }

    [Fact]
    public void A_tensor_without_elements_stays_what_it_is()
    {
        var tensor = Tensors.Make("t", ElementType.Float, [3, 0], []);
        Assert.Equal(tensor.Dims, TensorSlicer.Zero(tensor, [Middle, null]).Dims);
    }
}
