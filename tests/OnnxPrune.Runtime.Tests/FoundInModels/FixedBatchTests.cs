namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Recurrent layers whose initial state is made from the shape of the input: a fixed batch must not pin them.</summary>
public class FixedBatchTests
{
    [Theory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    public void The_hidden_units_leave_with_a_fixed_batch_as_with_a_symbolic_one(string cell, int gates)
    {
        foreach (string state in new[] { "s0 = ConstantOfShape (size)", "s0 = Expand (zero, size)" })
        {
            foreach (var (length, batch) in new[] { ("T", "B"), ("7", "B"), ("T", "1"), ("7", "1"), ("7", "2") })
            {
                var analysis = ModelText.Verified(
                    $$"""
                    g (float[{{length}},{{batch}},6] x) => (float[{{length}},{{batch}},4] y)
                    <float[1,{{8 * gates}},6] w = normal 0.4, float[1,{{8 * gates}},8] r = normal 0.4, float[8,4] o = normal 0.5,
                     float[1,1,1] zero = {0}, int64[1] one = {1}, int64[1] units = {8}>
                    {
                        s = Shape (x)  b = Gather (s, one)  size = Concat <axis = 0> (one, b, units)  {{state}}
                        h, last = {{cell}} <hidden_size = 8> (x, w, r, , , s0)  q = Squeeze (h, one)  y = MatMul (q, o)
                    }
                    """);
                Assert.Contains(analysis.Groups, g => g.Size == 8);
            }
        }
    }
}
