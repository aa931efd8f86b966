namespace OnnxPrune.Numerics;

public class SpectralNormTests
{
    [Fact]
    public void Of_a_diagonal_matrix_it_is_the_largest_entry()
    {
        var matrix = new Matrix(3, 3);
        (matrix[0, 0], matrix[1, 1], matrix[2, 2]) = (2, -5, 3);
        Assert.Equal(25, SpectralNorm.Squared(matrix, [0, 1, 2]), 1e-9);
        Assert.Equal(9, SpectralNorm.Squared(matrix, [0, 2]), 1e-9);
        Assert.Equal(4, SpectralNorm.Squared(matrix, [0]), 1e-9);
    }

    [Fact]
    public void Two_equal_singular_values_are_no_obstacle()
    {
        var matrix = new Matrix(2, 2);
        (matrix[0, 1], matrix[1, 0]) = (3, 3);
        Assert.Equal(9, SpectralNorm.Squared(matrix, [0, 1]), 1e-9);
    }

    [Fact]
    public void Of_a_matrix_of_rank_one_it_is_the_norm_of_all_elements()
    {
        var matrix = new Matrix(3, 4);
        double sum = 0;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 4; j++) sum += Math.Pow(matrix[i, j] = (i + 1) * (j - 1.5), 2);
        Assert.Equal(sum, SpectralNorm.Squared(matrix, [0, 1, 2, 3]), 1e-9);
    }

    [Fact]
    public void Nothing_has_the_norm_zero() => Assert.Equal(0, SpectralNorm.Squared(new Matrix(3, 3), [0, 1]));
}
